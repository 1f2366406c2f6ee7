import type { Trade } from './trade.ts'
import { advertising } from './trades/advertising.ts'
import { agency } from './trades/agency.ts'
import { courses } from './trades/courses.ts'
import { deliveries } from './trades/deliveries.ts'
import { developerTool } from './trades/developer-tool.ts'
import { fieldService } from './trades/field-service.ts'
import { hiring } from './trades/hiring.ts'
import { marketplace } from './trades/marketplace.ts'
import { metering } from './trades/metering.ts'
import { payments } from './trades/payments.ts'
import { sensors } from './trades/sensors.ts'
import { subscriptions } from './trades/subscriptions.ts'

export const trades: readonly Trade[] = [
  payments,
  developerTool,
  fieldService,
  courses,
  sensors,
  hiring,
  agency,
  subscriptions,
  marketplace,
  advertising,
  metering,
  deliveries,
]
