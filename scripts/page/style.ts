// How every page looks.

export const pageStyle = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 16%, transparent); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 90rem; padding: 1.5rem; font: 15px/1.5 system-ui, sans-serif;
  background: light-dark(#f6f5f2, #16171a); color: light-dark(#1d1e21, #e8e6e1); }
header { display: flex; align-items: baseline; gap: 1rem; }
h1 { margin: 0; font-size: 1.6rem; letter-spacing: -.02em; }
section { margin-top: 1.5rem; padding: 1.25rem; border: 1px solid var(--line); border-radius: 14px;
  background: light-dark(#fff, #1f2125); }
h2 { margin: 0 0 .75rem; font-size: 1.1rem; overflow-wrap: anywhere; }
.status { margin-left: .4rem; padding: .1rem .55rem; border-radius: 99px; font-size: .75rem; font-weight: 600;
  background: #b3261e; color: #fff; }
.status.ready { background: #1a7f4b; }
.problem { color: light-dark(#b3261e, #ff9a91); }
dl { display: flex; flex-wrap: wrap; gap: .5rem 1.75rem; margin: 0 0 1rem; }
dt { font-size: .72rem; text-transform: uppercase; letter-spacing: .06em; opacity: .6; }
dd { margin: 0; }
.renditions { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; }
.picture { display: grid; place-items: center; height: 13rem; border-radius: 8px; overflow: hidden;
  background: repeating-conic-gradient(light-dark(#e9e7e2, #2a2d32) 0 25%, light-dark(#f4f2ee, #24272b) 0 50%) 0 / 18px 18px; }
.picture img { max-width: 100%; max-height: 13rem; width: auto; height: auto; }
.picture img.placeholder { width: 100%; height: 13rem; object-fit: contain; }
.swatch { display: inline-block; width: .8em; height: .8em; border-radius: 3px; border: 1px solid var(--line); }
figcaption { margin-top: .4rem; font-size: .82rem; opacity: .85; }
`;
