import { Check } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import css from './Menu.module.css';
import { placeUnderButton } from './Popover.tsx';

type Props = {
  /** The button that opens it names this in `popovertarget`, and has `aria-haspopup="menu"`. */
  readonly id: string;
  readonly label: string;
  readonly align: 'start' | 'end';
  readonly children: ComponentChildren;
};

/** A popover of commands: opens on the one that is set, arrows move, Esc closes and goes back. */
export function Menu({ id, label, align, children }: Props) {
  return (
    <div
      id={id}
      class={css.menu}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      onBeforeToggle={(event) => {
        if (event.newState === 'open') placeUnderButton(event.currentTarget, align);
      }}
      onToggle={(event) => {
        if (event.newState === 'open') first(event.currentTarget)?.focus();
      }}
      onKeyDown={(event) => {
        const item = neighbour(event.currentTarget, event.key);
        if (item === undefined) return;
        event.preventDefault();
        item.focus();
      }}
    >
      {children}
    </div>
  );
}

type ItemProps = {
  /** One of several of which one is set; left out: a plain command. */
  readonly checked?: boolean;
  readonly icon?: ComponentChildren;
  readonly onChoose: () => void;
  readonly children: ComponentChildren;
};

export function MenuItem({ checked, icon, onChoose, children }: ItemProps) {
  const role =
    checked === undefined
      ? ({ role: 'menuitem' } as const)
      : ({ role: 'menuitemradio', 'aria-checked': checked } as const);
  return (
    <button
      {...role}
      type="button"
      class={css.item}
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
        onChoose();
      }}
    >
      {icon !== undefined && <span class={css.icon}>{icon}</span>}
      <span class={css.text}>{children}</span>
      {checked && <Check size={14} aria-hidden="true" />}
    </button>
  );
}

export function MenuGroup({ label, children }: Pick<Props, 'label' | 'children'>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a menu
    <div role="group" aria-label={label} class={css.group}>
      <p aria-hidden="true">{label}</p>
      {children}
    </div>
  );
}

function items(menu: Element): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
}

function first(menu: Element): HTMLElement | undefined {
  return items(menu).find((item) => item.ariaChecked === 'true') ?? items(menu)[0];
}

function neighbour(menu: Element, key: string): HTMLElement | undefined {
  const all = items(menu);
  const at = all.findIndex((item) => item.matches(':focus'));
  if (key === 'ArrowDown') return all[(at + 1) % all.length];
  if (key === 'ArrowUp') return all.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  return undefined;
}
