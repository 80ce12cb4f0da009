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

const scene = new URLSearchParams(location.search).get('scene') ?? '';
const root = document.getElementById('panel');
if (root === null) throw new Error('The page has no #panel.');

await loadChoices();
if (!(scene in scenes)) throw new Error(`There is no scene "${scene}".`);
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
