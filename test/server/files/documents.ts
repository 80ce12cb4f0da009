import { strToU8, type Zippable, zipSync } from 'fflate';

const openXml = 'application/vnd.openxmlformats-officedocument';
export const docx = `${openXml}.wordprocessingml.document`;
export const xlsx = `${openXml}.spreadsheetml.sheet`;
export const odt = 'application/vnd.oasis.opendocument.text';

const contentTypes = (type: string, part: string) =>
  strToU8(
    `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="${type}.main+xml"/></Types>`,
  );

/** A Word document with this inside its paragraphs. */
export const word = (body: string, more: Zippable = {}): Uint8Array =>
  zipSync({
    '[Content_Types].xml': contentTypes(docx, 'word/document.xml'),
    'word/document.xml': strToU8(`<w:document><w:body>${body}</w:body></w:document>`),
    ...more,
  });

export const runs = (...texts: readonly string[]) =>
  `<w:p>${texts.map((text) => `<w:r><w:t>${text}</w:t></w:r>`).join('')}</w:p>`;

/** A workbook with these cells in one row. */
export const workbook = (...cells: readonly string[]): Uint8Array =>
  zipSync({
    '[Content_Types].xml': contentTypes(xlsx, 'xl/workbook.xml'),
    'xl/workbook.xml': strToU8('<workbook/>'),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet><row>${cells.map((cell) => `<c><v>${cell}</v></c>`).join('')}</row></worksheet>`,
    ),
  });

export const openText = (text: string): Uint8Array =>
  zipSync({
    mimetype: [strToU8(odt), { level: 0 }],
    'content.xml': strToU8(`<office:document><text:p>${text}</text:p></office:document>`),
  });

/** A PDF of one page with this text, shown piece by piece. */
export function pdf(...pieces: readonly string[]): Buffer {
  const content = `BT /F1 12 Tf 72 700 Td ${pieces.map((piece) => `(${piece}) Tj`).join(' ')} ET`;
  return pdfOf(content, '');
}

/** A PDF of one page with this content, packed as `filter` says. */
export function pdfOf(content: string, filter: string): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} ${filter} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, n) => {
    const place = text.length;
    text += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  text += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF`;
  return Buffer.from(text, 'latin1');
}

/** The head of a PNG of that size; nobody looks further. */
export function pngOf(width: number, height: number): Buffer {
  const head = Buffer.from(
    '89504e470d0a1a0a0000000d494844520000000000000000080200000000000000',
    'hex',
  );
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return Buffer.concat([
    head,
    Buffer.from('0000000049444154000000000000000049454e44ae426082', 'hex'),
  ]);
}
