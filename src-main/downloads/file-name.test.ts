import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeFileName } from './file-name.ts';

it.each([
  ['report.pdf', 'report.pdf'],
  ['Übersicht 2026.csv', 'Übersicht 2026.csv'],
  ['日本語.txt', '日本語.txt'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\autoexec.bat', 'autoexec.bat'],
  ['C:\\Windows\\win.ini', 'win.ini'],
  ['/etc/', 'download'],
  ['', 'download'],
  ['...', 'download'],
  ['. .', 'download'],
  ['.bashrc', 'bashrc'],
  ['..hidden', 'hidden'],
  ['name. . .', 'name'],
  ['a\u0000b.txt', 'ab.txt'],
  ['a\nb\tc.txt', 'abc.txt'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['a\u200b\u2066\u2069\ufeffb.txt', 'ab.txt'],
  ['a\u2028b.txt', 'ab.txt'],
  ['picture.png\u3164\u3164.exe', 'picture.png.exe'],
  ['a<b>c:d"e|f?g*h', 'a_b_c_d_e_f_g_h'],
  ['file.txt:stream', 'file.txt_stream'],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['Nul.tar.gz', '_Nul.tar.gz'],
  ['COM1', '_COM1'],
  ['com¹.txt', '_com¹.txt'],
  ['LPT9 .txt', '_LPT9 .txt'],
  ['CONIN$', '_CONIN$'],
  ['console.txt', 'console.txt'],
  ['~$report.doc', '~$report.doc'],
  ['-rf', '-rf'],
])('%j becomes %j', (name, expected) => {
  expect(safeFileName(name)).toBe(expected);
});

it('shortens what no disk takes, and keeps what kind it is', () => {
  const long = safeFileName(`${'é'.repeat(500)}.pdf`);
  expect(long).toMatch(/^é+\.pdf$/);
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(200);
  expect(Buffer.byteLength(safeFileName('💬'.repeat(500)))).toBeLessThanOrEqual(200);
  expect(Buffer.byteLength(safeFileName(`a.${'x'.repeat(500)}`))).toBeLessThanOrEqual(200);
});

it('makes a harmless name of anything, and leaves its own names alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const safe = safeFileName(name);
      expect(safe).not.toBe('');
      expect(safe).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}]|^\.|[. ]$/u);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200);
      expect(safeFileName(safe)).toBe(safe);
    }),
  );
});
