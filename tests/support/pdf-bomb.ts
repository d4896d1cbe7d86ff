/** PDF files that unpack to far more than they are. */
import zlib from 'node:zlib';

/** @returns so many MiB of `line`, packed once or twice */
async function packed(line: string, mebibytes: number): Promise<Buffer> {
  const out: Buffer[] = [];
  const deflate = zlib.createDeflate({ level: 9 });
  deflate.on('data', (chunk: Buffer) => out.push(chunk));
  const piece = Buffer.alloc(1_048_576, line);
  for (let count = 0; count < mebibytes; count += 1) {
    if (!deflate.write(piece)) await new Promise((resolve) => deflate.once('drain', resolve));
  }
  await new Promise<void>((resolve) => deflate.once('end', resolve).end());
  return Buffer.concat(out);
}

/** A PDF of one page whose content is so many MiB of `line`. */
export async function pdfBomb(line: string, mebibytes: number): Promise<Buffer> {
  const content = await packed(line, mebibytes);
  const dictionaries = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = Buffer.from('%PDF-1.4\n');
  const offsets = dictionaries.map((dictionary, index) => {
    const offset = file.length;
    const stream = dictionary.endsWith('stream\n') ? [content, Buffer.from('\nendstream')] : [];
    const head = Buffer.from(`${index + 1} 0 obj\n${dictionary}`);
    file = Buffer.concat([file, head, ...stream, Buffer.from('\nendobj\n')]);
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const end = `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.concat([file, Buffer.from(end)]);
}
