import type { Catalog, Funnel, FunnelStage, Metric } from '../../catalog/catalog.ts'

/** One step of a funnel: of those who came so far, how many go on. */
export interface FunnelStep {
  readonly funnel: Funnel
  /** Stages that they have behind them; 0 for all who began. */
  readonly stage: number
  /** How it is called and written in findings, as a metric is. */
  readonly subject: Pick<Metric, 'name' | 'measure' | 'label' | 'unit' | 'format' | 'good'>
}

/** The model of what was done. */
export const findEventModel = ({ models }: Catalog, { model, path }: Pick<Funnel, 'model' | 'path'>) =>
  path.reduce((from, step) => models[from?.relations[step]?.to ?? ''], models[model])

function labelStage(catalog: Catalog, funnel: Funnel, stage: FunnelStage): string {
  if ('where' in stage) return stage.name
  const events = findEventModel(catalog, funnel)
  const field = events?.fields[events.semantics?.name ?? '']
  return field?.values.find(({ value }) => value === stage.event)?.label ?? stage.event
}

const toName = (label: string): string => label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')

/** Every step of a funnel, from the beginning on. */
export const listSteps = (catalog: Catalog, funnel: Funnel): readonly FunnelStep[] =>
  funnel.stages.map((next, stage) => {
    const [from, to] = [funnel.stages[stage - 1], labelStage(catalog, funnel, next)]
    const start = from ? labelStage(catalog, funnel, from) : (catalog.models[funnel.model]?.label ?? funnel.model)
    return {
      funnel,
      stage,
      subject: {
        name: `${funnel.name}_${stage + 1}_${toName(to)}`,
        measure: `count(reached >= ${stage + 1}) / count(reached >= ${stage})`,
        label: `${funnel.label}, ${start} to ${to}`,
        unit: undefined,
        format: 'percent',
        good: 'up',
      },
    }
  })
