/** The business facts of a pipeline's life. The names are stored: they outlive every refactoring. */
export const PipelineEvents = {
  created: 'PipelineCreated',
  stagesRevised: 'PipelineStagesRevised',
  detailsRevised: 'PipelineDetailsRevised',
  deleted: 'PipelineDeleted',
  restored: 'PipelineRestored',
} as const;
