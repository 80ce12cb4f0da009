/** After lucide (ISC), as far as they are used here. */
const paths = {
  down: 'm6 9 6 6 6-6',
  send: 'M22 2 11 13M22 2l-7 20-4-9-9-4z',
  loud: 'm11 5-5 4H2v6h4l5 4zM16 9a5 5 0 0 1 0 6',
  quiet: 'm11 5-5 4H2v6h4l5 4zM22 9l-6 6m0-6 6 6',
};

export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
