/** How a file is looked through: as an image, as text, as a PDF, as a zip of XML, or not at all. */
export type Look = 'image' | 'text' | 'pdf' | 'office' | 'zip' | 'nothing';

type FileType = {
  readonly look: Look;
  /** Without the dot; the first is given to files whose name says something else. */
  readonly endings: readonly [string, ...string[]];
};

const openXml = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

/** Every type that a centre may take: what browsers show or people work with, and nothing that runs. */
export const fileTypes = {
  'image/png': { look: 'image', endings: ['png'] },
  'image/jpeg': { look: 'image', endings: ['jpg', 'jpeg'] },
  'image/gif': { look: 'image', endings: ['gif'] },
  'image/webp': { look: 'image', endings: ['webp'] },
  'image/avif': { look: 'image', endings: ['avif'] },
  'image/heic': { look: 'image', endings: ['heic', 'heif'] },
  'image/tiff': { look: 'image', endings: ['tif', 'tiff'] },
  'image/bmp': { look: 'image', endings: ['bmp'] },
  'application/pdf': { look: 'pdf', endings: ['pdf'] },
  'text/plain': { look: 'text', endings: ['txt', 'log', 'md'] },
  'text/csv': { look: 'text', endings: ['csv'] },
  [`${openXml}.wordprocessingml.document`]: { look: 'office', endings: ['docx'] },
  [`${openXml}.spreadsheetml.sheet`]: { look: 'office', endings: ['xlsx'] },
  [`${openXml}.presentationml.presentation`]: { look: 'office', endings: ['pptx'] },
  [`${openDocument}.text`]: { look: 'office', endings: ['odt'] },
  [`${openDocument}.spreadsheet`]: { look: 'office', endings: ['ods'] },
  [`${openDocument}.presentation`]: { look: 'office', endings: ['odp'] },
  'application/zip': { look: 'zip', endings: ['zip'] },
  'audio/mpeg': { look: 'nothing', endings: ['mp3'] },
  'audio/mp4': { look: 'nothing', endings: ['m4a'] },
  'audio/ogg': { look: 'nothing', endings: ['ogg', 'oga', 'opus'] },
  'video/mp4': { look: 'nothing', endings: ['mp4', 'm4v'] },
  'video/webm': { look: 'nothing', endings: ['webm'] },
  'video/quicktime': { look: 'nothing', endings: ['mov'] },
} as const satisfies Readonly<Record<string, FileType>>;

type FileTypeName = keyof typeof fileTypes;
export const fileTypeNames = Object.keys(fileTypes) as readonly FileTypeName[];

/** What a centre takes unless it says otherwise: what can be looked through. */
export const usualFileTypes: readonly FileTypeName[] = fileTypeNames.filter(
  (name) => fileTypes[name].look !== 'nothing' && fileTypes[name].look !== 'zip',
);

/** Null: a type that nobody takes. */
export const fileTypeOf = (type: string): FileType | null =>
  (fileTypes as Readonly<Record<string, FileType>>)[type] ?? null;
