import { useEffect, useRef } from 'preact/hooks';
import type { PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import type { View } from '../panel/view.ts';
import { InteractionTab } from './InteractionTab.tsx';
import css from './InteractionTabs.module.css';

type Props = { readonly model: PanelModel; readonly view: View };

/** CHAT-10: in arrival order; arrows move along, the chosen one is scrolled into sight. */
export function InteractionTabs({ model, view }: Props) {
  const tabs = model.interactions.tabs.value;
  const selected = model.interactions.selected.value;
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    strip.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected]);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ interaction }) => interaction === selected);
    const next = tabs[target(event.key, at, tabs.length)];
    if (next === undefined) return;
    event.preventDefault();
    view.open(next.interaction);
    strip.current?.querySelectorAll<HTMLElement>('[role="tab"]')[tabs.indexOf(next)]?.focus();
  };
  return (
    <div
      ref={strip}
      class={css.strip}
      role="tablist"
      aria-label={t('interactions.label')}
      onKeyDown={onKeyDown}
      onWheel={scrollSideways}
    >
      {tabs.map((tab, at) => (
        <InteractionTab
          key={tab.interaction}
          tab={tab}
          now={model.now}
          selected={tab.interaction === selected}
          reachable={tab.interaction === selected || (at === 0 && !holds(tabs, selected))}
          onSelect={(byPointer) => view.open(tab.interaction, byPointer ? 'composer' : undefined)}
        />
      ))}
    </div>
  );
}

function holds(tabs: readonly { readonly interaction: string }[], selected: string | null) {
  return tabs.some(({ interaction }) => interaction === selected);
}

/** Where a key leads from `at`, round the ends; -1 for keys that lead nowhere. */
function target(key: string, at: number, count: number): number {
  if (key === 'ArrowRight') return (at + 1) % count;
  if (key === 'ArrowLeft') return at <= 0 ? count - 1 : at - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return -1;
}

/** A mouse without a sideways wheel reaches the tabs that don't fit. */
function scrollSideways(event: WheelEvent & { readonly currentTarget: HTMLElement }) {
  if (event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY;
}
