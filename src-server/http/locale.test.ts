import express from 'express';
import { expect, it } from 'vitest';
import { localeOf } from './locale.ts';

const request = (header?: string) =>
  Object.assign(Object.create(express.request), {
    headers: header === undefined ? {} : { 'accept-language': header },
  });

it.each([
  [undefined, 'en'],
  ['*', 'en'],
  ['en', 'en'],
  ['fr', 'fr'],
  ['FR', 'fr'],
  ['fr-CA', 'fr'],
  ['en-GB-oxendict', 'en'],
  ['frr', 'en'],
  ['de', 'en'],
  ['de, fr;q=0.5', 'fr'],
  ['fr;q=0.2, en;q=0.8', 'en'],
  ['fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5', 'fr'],
])('answers %s in %s', (header, locale) => {
  expect(localeOf(request(header))).toBe(locale);
});
