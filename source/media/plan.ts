import { toJson } from '../task/json.ts';
import type { Clip, Task, TaskKey } from '../task/task.ts';
import { fileKinds, type FileKind } from './choices.ts';
import { fileName, type NameFacts } from './file-name.ts';

/** A file to be saved: from an address, or with a text that is known already. */
export type PlannedFile = {
  /** Unique over all files of all tasks. */
  readonly key: string;
  readonly task: TaskKey;
  /** From 0. */
  readonly clip: number;
  readonly clipId: string | null;
  readonly what: FileKind;
  readonly content: { readonly url: string } | { readonly text: string };
  /** When it was made, milliseconds since 1970; null: unknown. */
  readonly createdAt: number | null;
  /** The name below the download folder, for the extension that turns out to be right. */
  readonly nameFor: (extension: string) => string;
  /** The extension that the address names, without a dot; null: the type of the reply decides. */
  readonly extension: string | null;
};

/** Tells a file from all files of all tasks; `clip` counts from 0. */
export const fileKey = (task: TaskKey, clip: number, what: string): string => `${task} ${clip} ${what}`;

type PlanOptions = { readonly what: readonly FileKind[]; readonly template: string };

/** Every file that the clips of an ended task have to offer. The task's own JSON is saved once, with its first clip. */
export function plannedFiles(task: Task, { what, template }: PlanOptions): readonly PlannedFile[] {
  const clips: readonly (Clip | null)[] = task.clips.length === 0 && what.includes('json') ? [null] : task.clips;
  return clips.flatMap((clip, index) =>
    fileKinds
      .filter(kind => what.includes(kind))
      .flatMap((kind): readonly PlannedFile[] => {
        const content = contentOf(task, clip, kind, index);
        if (content === null) return [];
        return [
          {
            key: fileKey(task.key, index, kind),
            task: task.key,
            clip: index,
            clipId: clip?.id ?? null,
            what: kind,
            content,
            createdAt: task.finishedAt ?? task.submittedAt,
            extension: 'url' in content ? extensionOf(content.url) : kind === 'json' ? 'json' : 'txt',
            nameFor: extension => fileName(template, factsOf(task, clip, index, extension)),
          },
        ];
      }),
  );
}

function contentOf(task: Task, clip: Clip | null, kind: FileKind, index: number): PlannedFile['content'] | null {
  const from = (url: string | null | undefined) => (url === null || url === undefined ? null : { url });
  switch (kind) {
    case 'audio':
      return from(clip?.audioUrl);
    case 'cover':
      return from(clip?.imageUrl);
    case 'video':
      return from(clip?.videoUrl);
    case 'stems':
      return from(clip?.fileUrl);
    case 'lyrics':
      return (clip?.lyrics ?? null) === null ? null : { text: `${clip?.lyrics ?? ''}\n` };
    case 'json':
      return index === 0 ? { text: `${JSON.stringify(toJson(task), null, 2)}\n` } : null;
  }
}

function factsOf(task: Task, clip: Clip | null, index: number, ext: string): NameFacts {
  const at = task.finishedAt ?? task.submittedAt ?? task.changedAt;
  return {
    title: clip?.title ?? task.prompt ?? 'untitled',
    id: task.id,
    clip: clip?.id ?? `${task.id}-${index + 1}`,
    index: String(index + 1),
    source: task.source,
    action: task.action ?? '',
    date: new Date(at).toISOString().slice(0, 10),
    ext,
  };
}

const knownExtension = /\.(mp3|m4a|wav|flac|ogg|opus|aac|mp4|webm|mov|mkv|png|jpe?g|webp|gif|avif|zip|mid|midi)$/i;

/** The extension in the path of an address, in lower case, where it is one of a media file. */
const extensionOf = (url: string): string | null =>
  knownExtension.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase() ?? null;

const extensionByType: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/flac': 'flac',
  'audio/ogg': 'ogg',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'application/zip': 'zip',
};

const usualExtension: Readonly<Record<FileKind, string>> = {
  audio: 'mp3',
  cover: 'jpg',
  video: 'mp4',
  stems: 'zip',
  lyrics: 'txt',
  json: 'json',
};

/** The extension for a reply of this content type, where the address names none. */
export const extensionFor = (file: PlannedFile, contentType: string | null): string =>
  file.extension ?? extensionByType[contentType ?? ''] ?? usualExtension[file.what];
