// Replaces react-devtools-core in the bundle (scripts/build.js).
export const initialize = () => {};
export const connectToDevTools = () => {};
export default { initialize, connectToDevTools };
