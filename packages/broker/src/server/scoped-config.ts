/** A config as one listener sees it: `listener.name.NAME.CONFIG`, or else `CONFIG`. */
export type ListenerConfig = (name: string) => string | undefined;

export function scopedConfig(config: Readonly<Record<string, string>>, listener: string): ListenerConfig {
  const prefix = `listener.name.${listener.toLowerCase()}.`;
  return (name) => config[prefix + name] ?? config[name];
}
