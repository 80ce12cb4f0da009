import '../../../components/ui/tokens.css';
import '../../../components/ui/base.css';
import { render } from 'preact';
import { loadChoices } from '../../../components/panel/choices.ts';
import { Panel } from '../../../components/panel/Panel.tsx';
import { type FixtureModel, fixtureModel } from '../fixture-model.ts';
import { offer, tab } from './people.ts';
import { scenes } from './scenes.ts';

declare global {
  /** For tests: what was called, and signals to change. */
  var fixture: FixtureModel & {
    /** An offer rings. */
    readonly ring: () => void;
    /** An interaction becomes this agent's. */
    readonly arrive: (name: string) => void;
  };
}

const asked = new URLSearchParams(location.search);
const scene = asked.get('scene') ?? '';
const root = document.getElementById('panel');
if (root === null) throw new Error('The page has no #panel.');

for (const key of ['theme', 'language']) {
  const value = asked.get(key);
  if (value !== null) localStorage.setItem(key, value);
}
await loadChoices();
if (scene in scenes) {
  const model = fixtureModel(scenes[scene as keyof typeof scenes]);
  const { offers, interactions } = model;
  globalThis.fixture = Object.assign(model, {
    ring() {
      offers.open.value = [...offers.open.value, offer()];
    },
    arrive(name: string) {
      interactions.tabs.value = [...interactions.tabs.value, tab(name, { colour: 5 })];
    },
  });
  render(<Panel model={globalThis.fixture} />, root);
} else {
  render(<Index />, root);
}

function Index() {
  return (
    <ul>
      {Object.keys(scenes).map((name) => (
        <li key={name}>
          <a href={`?scene=${name}`}>{name}</a>
        </li>
      ))}
    </ul>
  );
}
