// What Grafana takes for a dashboard, by its own types, with the options of each kind of panel that ours has. A kind that is not
// named here is refused: add it.
import type { Dashboard, Panel } from "@grafana/schema";
import type { Options as Stat } from "@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen";
import type { Options as TimeSeries } from "@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen";

// In JSON, a member of an enum is its text.
type Plain<T> = T extends string
  ? `${T}`
  : T extends (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [Key in keyof T]: Plain<T[Key]> }
      : T;

type Kind =
  | { type: "stat"; options: Plain<Stat> }
  | { type: "timeseries"; options: Plain<TimeSeries> };

export type Checked = Omit<Dashboard, "panels"> & {
  panels: (Omit<Panel, "type" | "options"> & Kind)[];
};
