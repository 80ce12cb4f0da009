import { html } from 'hono/html';
import type { Line, Sheet } from './sheet.ts';
import { transcriptTexts } from './texts.ts';

/**
 * The mail's page. Every value is escaped; styles stand in the elements, for mail programs drop
 * the others, and nothing is fetched from anywhere.
 */
export function asHtml(sheet: Sheet, centre: string): string {
  const { mail } = transcriptTexts[sheet.language];
  return String(html`<!doctype html>
<html lang="${sheet.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${sheet.title}</title>
</head>
<body style="margin:0;background:#f4f4f5;color:#18181b;font:16px/1.5 system-ui,'Segoe UI',Roboto,Arial,sans-serif">
<div style="max-width:40rem;margin:0 auto;padding:24px 16px;background:#ffffff">
<p>${mail.hello(sheet.customerName)}</p>
<p>${mail.intro(centre)} ${mail.attached}</p>
<h1 style="font-size:20px;margin:24px 0 8px">${sheet.title}</h1>
<p style="margin:0 0 24px;color:#52525b">${sheet.facts.map(([label, value]) => html`${label}: ${value}<br>`)}</p>
${sheet.lines.map(paragraph)}
${sheet.left === null ? '' : html`<p><em>${sheet.left}</em></p>`}
<p style="margin:32px 0 0;padding-top:12px;border-top:1px solid #d4d4d8;font-size:13px;color:#52525b">${mail.why(centre)}</p>
</div>
</body>
</html>
`);
}

const paragraph = (line: Line) =>
  line.kind === 'happened'
    ? html`<p style="margin:0 0 16px;font-size:13px;color:#52525b;text-align:center">${line.text} · ${line.when}</p>
`
    : html`<p style="margin:0;font-size:13px;color:#52525b"><strong style="color:#18181b" dir="auto">${line.who}</strong> · ${line.when}</p>
<p dir="auto" style="margin:2px 0 16px;white-space:pre-wrap;overflow-wrap:anywhere${line.own ? '' : ';padding-left:12px;border-left:3px solid #6366f1'}">${line.removed ? html`<em>${line.text}</em>` : line.text}</p>
`;
