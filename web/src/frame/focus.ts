// Where the keyboard is, and back to there.

/** @returns gives the focus back to what has it now, if that is still in the page */
export function returnFocus(): () => void {
  const before = focused();
  return () => {
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
}

/** What has the focus, within whatever component it is. */
function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
