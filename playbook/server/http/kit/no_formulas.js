// Voila's page fetches and starts a setter of formulas whenever it opens, a megabyte of it. No page of ours has a
// formula, so this stands in its place: the parts of MathJax 2 that JupyterLab calls, and they do nothing.
"use strict";
{
  const nothing = () => {};
  const Hub = { Config: nothing, Configured: nothing, Queue: nothing, Register: { StartupHook: nothing } };
  globalThis.MathJax = { Hub, Ajax: {}, InputJax: { TeX: { resetEquationNumbers: nothing } } };
}
