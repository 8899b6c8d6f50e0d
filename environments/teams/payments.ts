import { defineTeam } from '@opencore/model/define'

/** Money that moves: transfers, direct debits, cards. */
export const payments = defineTeam({
  name: 'payments',
  codeOwner: '@firefly-banking/payments',
})
