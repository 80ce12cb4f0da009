import '../../components/ui/tokens.css';
import '../../components/ui/base.css';
import { render } from 'preact';
import { loadChoices } from '../../components/panel/choices.ts';
import { Panel } from '../../components/panel/Panel.tsx';
import { openPanelModel } from '../../desk/background/panel-model.ts';

const root = document.getElementById('panel');
if (root === null) throw new Error('The page has no #panel.');

const model = openPanelModel();
await loadChoices();
render(<Panel model={model} />, root);

addEventListener('pagehide', () => {
  // Takes the conversation off the screen, which saves what was typed a moment ago.
  render(null, root);
  model.close();
});
