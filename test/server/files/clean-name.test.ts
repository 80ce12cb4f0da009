import { expect, test } from 'vitest';
import { cleanName } from '../../../server/files/clean-name.ts';

const pdf = ['pdf'];
const jpeg = ['jpg', 'jpeg'];

test.each([
  ['Küche 2. Stock.jpeg', jpeg, 'Küche 2. Stock.jpeg'],
  ['photo.JPG', jpeg, 'photo.JPG'],
  ['invoice.pdf.exe', pdf, 'invoice_pdf_exe.pdf'],
  ['invoice.exe.pdf', pdf, 'invoice_exe.pdf'],
  ['invoice\u202efdp.exe', pdf, 'invoicefdp_exe.pdf'],
  ['in\u200bvoi\u0000ce\r\n.pdf', pdf, 'invoi ce.pdf'],
  ['../../etc/passwd', pdf, '_.._etc_passwd.pdf'],
  ['C:\\Users\\ana\\plan.pdf', pdf, 'C_Users_ana_plan.pdf'],
  ['.htaccess', pdf, 'htaccess.pdf'],
  ['con.pdf', pdf, '_con.pdf'],
  ['a<b>"c"|d?.pdf', pdf, 'a_b_c_d_.pdf'],
  ['', pdf, 'file.pdf'],
  ['...', pdf, 'file.pdf'],
  ['.pdf', pdf, 'pdf.pdf'],
  ['v1.2.3.pdf', pdf, 'v1.2.3.pdf'],
  ['cafe\u0301.pdf', pdf, 'café.pdf'],
])('CHAT-6: %j is shown as a name that does nothing', (written, endings, shown) => {
  expect(cleanName(written, endings)).toBe(shown);
});

test('CHAT-6: a long name keeps its ending', () => {
  const name = cleanName(`${'ü'.repeat(300)}.pdf`, pdf);
  expect([...name]).toHaveLength(120);
  expect(name).toMatch(/^ü+\.pdf$/);
});

test('while the type isn’t known the ending stays as it was written', () => {
  expect(cleanName('photo.png')).toBe('photo.png');
  expect(cleanName('no ending')).toBe('no ending');
});
