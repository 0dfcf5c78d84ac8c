/** Word lists that names are drawn from. Ordinary words of ordinary companies; every seed picks others. */
export const DOMAIN_WORDS: readonly string[] = (
  'account address advert agenda allocation analytics appointment archive article asset attachment auction audience ' +
  'availability badge balance basket bidding billing booking brand budget bundle campaign card cargo carrier cart ' +
  'catalog category chargeback chat checkout claim comment commission compliance consent contact content contract ' +
  'conversion coupon courier credit currency customer dashboard delivery demand deposit device directory discount ' +
  'dispatch dispute document donation draft driver eligibility enrollment estimate event exchange experiment export ' +
  'favorite feature feed fee fleet forecast form fraud freight fulfillment gallery geocode gift grant guest history ' +
  'hotel import incentive index insight insurance interest inventory invite invoice item itinerary journal kiosk label ' +
  'lead ledger lesson license limit listing location locker loyalty mailing manifest marketplace media membership menu ' +
  'merchant message metering milestone mortgage newsletter notice offer onboarding order outlet package partner party ' +
  'passenger payment payout payroll permission photo playlist points policy portfolio preference premium prescription ' +
  'pricing product profile project promotion property proposal purchase quota quote ranking rating receipt ' +
  'recommendation reconciliation recurring redemption referral refund registry reminder rental replenishment report ' +
  'reservation restaurant return review reward rider risk role roster route rule salary schedule score search seat ' +
  'segment seller session settlement shipment shopper sitemap slot snapshot stock store story subscription supplier ' +
  'survey tag tariff task tax template tenant ticket timeline token topup tour tracking trade transfer translation trip ' +
  'upload usage user vehicle vendor verification video visitor voucher wallet warehouse watchlist webhook wishlist ' +
  'workflow zone'
).split(' ');
export const HUB_WORDS: readonly string[] = ['auth', 'identity', 'config', 'entitlement', 'flags', 'locale', 'secrets'];
export const ENTRY_WORDS: readonly string[] = (
  'api-gateway web-frontend mobile-bff storefront partner-api edge-proxy admin-portal public-api graphql-gateway ' +
  'web-bff tv-bff webhook-receiver kiosk-bff'
).split(' ');
export const PREFIXES: readonly string[] =
  'b2b legacy eu us apac internal partner core batch global retail corporate seller buyer mobile smart'.split(' ');
export const SUFFIXES: readonly string[] = ['service', 'api', 'svc', ''];
export const NAMESPACES: readonly string[] =
  'shop prod payments logistics platform core growth identity content finance customer fulfilment travel live'.split(
    ' ',
  );
export const TEAMS: readonly string[] =
  'falcon otter badger heron lynx ibex marlin osprey puffin raven stoat tapir walrus wren yak'.split(' ');
export const ORGANISATIONS: readonly string[] =
  'northwind-retail brightcart larkspur hexalog meridian-travel oakline tidepool-labs fernway quillbank solara'.split(
    ' ',
  );
export const PEOPLE: readonly string[] = (
  'amelie-r bkowalski c-okafor dmitri-s elena-v fjansen gupta-r hwatanabe ines-m jtaylor kchen lmoreau mhassan ' +
  'nadia-p oliver-b priya-n rsantos sofia-l tnguyen ulrich-w vfischer yara-k'
).split(' ');
export const EXTERNAL_STEMS: readonly string[] = (
  'paylane swiftsettle geonaut mailforge smsbridge idverity taxwise shiprelay fxquote cardhive mapstack fraudlens ' +
  'pushwave docsign weatherly voicegrid bankgate creditpeak ratehub storagely chatpilot adstream trackwell'
).split(' ');
export const EXTERNAL_DOMAINS: readonly string[] = ['com', 'io', 'net', 'dev'];
export const VERBS: readonly (readonly [method: string, verb: string])[] = [
  ['GET', 'Get'],
  ['GET', 'List'],
  ['POST', 'Create'],
  ['GET', 'Find'],
  ['POST', 'Validate'],
  ['PUT', 'Update'],
  ['POST', 'Calculate'],
  ['DELETE', 'Remove'],
];
export const REGIONS: readonly string[] = ['eu-west-1', 'us-east-1', 'eu-central-1', 'us-west-2', 'ap-southeast-2'];
export const CHANGE_SUBJECTS: readonly string[] = [
  'Bump base image to bookworm-20260302',
  'Tidy logging around {noun} lookups',
  'Use the new {noun} mapper',
  'Add tenant id to {noun} metrics',
  'Rework {noun} validation',
  'Upgrade OpenTelemetry instrumentation',
  'Remove the unused {noun} endpoint',
  'Batch {noun} reads',
  'Simplify {noun} error mapping',
  'Add index hint to {noun} query',
  'Translate {noun} messages',
  'Set request timeout from configuration',
  'Support partial {noun} updates',
  'Refactor {noun} repository',
  'Fix rounding of {noun} totals',
  'Raise the {noun} page size',
];
export const FIRST_ERRORS: readonly string[] = [
  'Cannot read {noun} version: value is null',
  '{noun} state transition not allowed: DRAFT -> CLOSED',
  'Unexpected discriminator value for {noun} payload',
  'No enum constant for {noun} status',
  'index 3 is out of bounds for {noun} list of length 3',
  '{noun} signature mismatch after decode',
  'missing required field "{noun}_ref"',
];
