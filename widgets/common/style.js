// The style of scripts that a host serves as parts (widgets/assets.py): it comes as a file of its own.

/** Done when the page has the style sheet at `address`, or can't have it. */
export function addStyle(address) {
  const there = [...document.querySelectorAll("link")].find((link) => link.rel === "stylesheet" && link.href === address);
  const link = there ?? Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  if (!there) document.head.append(link);
  return new Promise((resolve) => {
    if (link.sheet) return resolve();
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
  });
}
