import { type ReadonlySignal, signal } from '@preact/signals';
import { type PanelLanguage, panelLanguageOf, switchLanguage } from '../../locales/panel.ts';

/** How this person likes the panel to look. Kept on this machine only, the same in every window. */
type Theme = 'system' | 'light' | 'dark';

const chosenTheme = signal<Theme>('system');
export const theme: ReadonlySignal<Theme> = chosenTheme;

/** Applies what was chosen before; resolves when there are words to show. */
export async function loadChoices(): Promise<void> {
  applyTheme();
  addEventListener('storage', () => {
    applyTheme();
    void applyLanguage();
  });
  await applyLanguage();
}

export function chooseTheme(to: Theme): void {
  write('theme', to);
  applyTheme();
}

export async function chooseLanguage(to: PanelLanguage): Promise<void> {
  write('language', to);
  await applyLanguage();
}

function applyTheme() {
  const kept = read('theme');
  chosenTheme.value = kept === 'light' || kept === 'dark' ? kept : 'system';
  const { dataset } = document.documentElement;
  if (chosenTheme.value === 'system') delete dataset.theme;
  else dataset.theme = chosenTheme.value;
}

async function applyLanguage() {
  const wanted = panelLanguageOf(read('language'), navigator.languages);
  await switchLanguage(wanted);
  document.documentElement.lang = wanted;
}

/** Storage throws where a browser is told to keep nothing; then a choice lasts as long as the page. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? inMemory.get(key) ?? null;
  } catch {
    return inMemory.get(key) ?? null;
  }
}

function write(key: string, value: string) {
  inMemory.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Kept in memory above.
  }
}

const inMemory = new Map<string, string>();
