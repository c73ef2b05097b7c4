import { type CommandContext, defaultPipelineId, derivedId, fingerprint, type Records } from '@sillage/kernel';
import { DEFAULT_PIPELINES } from './domain/default-pipelines.js';

/** Gives a tenant its default pipelines. Safe to repeat: they are begun under ids and commands that follow from the tenant. */
export async function openTenant(pipelines: Records, context: CommandContext): Promise<void> {
  // Whose records the caller may see does not matter: pipelines are nobody's.
  const { owners: _, ...opening } = context;
  const { tenant } = opening;
  for (const appliesTo of ['prospects', 'opportunities'] as const) {
    const fields = DEFAULT_PIPELINES[appliesTo];
    await pipelines.create(
      { ...opening, actor: 'sillage' },
      {
        id: defaultPipelineId(tenant, appliesTo),
        commandId: derivedId(tenant, 'pipelines', 'default', appliesTo),
        fingerprint: fingerprint({ default: appliesTo }),
        fields,
      },
    );
  }
}
