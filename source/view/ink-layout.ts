const nothing = (): void => undefined;

/**
 * What the bundle takes for Ink's layout engine. The engine is WebAssembly: 14 MB in memory from the moment it is
 * loaded, and 20 ms before the first frame. Our renderer puts lines below each other and needs to know one thing, how
 * wide the screen is. A style that is not among the setters below fails at the first drawing.
 */
class LayoutNode {
  #width = 0;
  #children = 0;

  static create(): LayoutNode {
    return new LayoutNode();
  }

  setWidth(cells: number): void {
    this.#width = cells;
  }

  getComputedWidth(): number {
    return this.#width;
  }

  getChildCount(): number {
    return this.#children;
  }

  insertChild(): void {
    this.#children++;
  }

  removeChild(): void {
    this.#children--;
  }

  getDisplay(): number {
    return constants.DISPLAY_FLEX;
  }

  readonly setDisplay = nothing;
  readonly setFlexDirection = nothing;
  readonly setFlexGrow = nothing;
  readonly setFlexShrink = nothing;
  readonly setFlexWrap = nothing;
  readonly setHeight = nothing;
  readonly setMargin = nothing;
  readonly setMeasureFunc = nothing;
  readonly unsetMeasureFunc = nothing;
  readonly markDirty = nothing;
  readonly calculateLayout = nothing;
  readonly free = nothing;
  readonly freeRecursive = nothing;
}

/** Of the engine's constants those that are compared with anything; Ink reads the others and hands them back to us. */
const constants = { DISPLAY_FLEX: 0, DISPLAY_NONE: 1 };

/** In the place of the package's default export. */
const layout = { ...constants, Node: LayoutNode };

export { layout as default };
