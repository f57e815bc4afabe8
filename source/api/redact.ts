/** Messages quote a key in part: `sk-abc***xyz`. */
export const hideKeys = (message: string): string => message.replace(/\[?\bsk-[\w*-]+\]?/g, 'sk-…');

/** Takes the token out of a text, before anything cuts the text and leaves half of the token standing. */
export function hideToken(text: string, token: string): string {
  // new-api quotes keys without their `sk-`.
  const bare = token.replace(/^sk-/, '');
  // Anything shorter is a placeholder, and may be part of a word.
  const hidden = token.length < 6 ? text : text.replaceAll(token, '[token]');
  return bare.length < 8 ? hidden : hidden.replaceAll(bare, '[token]');
}
