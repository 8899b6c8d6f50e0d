import { Command } from '@commander-js/extra-typings'
export const doctorCommand = new Command('doctor')
