import { Command } from 'commander';
import { addBackupCommand } from './backup/command.js';
import type { CommandContext } from './command-context.js';
import { addDemoCommand } from './demo/command.js';
import { addEventsCommand } from './events/command.js';
import { addExportCommand } from './export/command.js';
import { addImportCommand } from './import/command.js';
import { addIndexesCommand } from './indexes/command.js';
import { addLoadCommand } from './load/command.js';
import { addRebuildCommand } from './rebuild/command.js';
import { addRestoreCommand } from './restore/command.js';
import { addTokenCommand } from './token/command.js';
import { addTopicsCommand } from './topics/command.js';
import { addVerifyCommand } from './verify/command.js';

/** Every command of `sillage`, each in a folder of its own. */
export function program(context: CommandContext): Command {
  const sillage = new Command('sillage')
    .description('Sillage, a CRM that forgets nothing')
    .configureOutput({ writeOut: (text) => context.stdout.write(text), writeErr: (text) => context.stderr.write(text) })
    .exitOverride();
  addImportCommand(sillage, context);
  addDemoCommand(sillage, context);
  addEventsCommand(sillage, context);
  addRebuildCommand(sillage, context);
  addTokenCommand(sillage, context);
  addTopicsCommand(sillage, context);
  addVerifyCommand(sillage, context);
  addExportCommand(sillage, context);
  addLoadCommand(sillage, context);
  addBackupCommand(sillage, context);
  addRestoreCommand(sillage, context);
  addIndexesCommand(sillage, context);
  return sillage;
}
