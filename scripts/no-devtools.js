// Takes the place of react-devtools-core in the bundle.
export const initialize = () => {};
export const connectToDevTools = () => {};
export default { initialize, connectToDevTools };
