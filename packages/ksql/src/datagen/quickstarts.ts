/** A data set that ksqlDB's tutorials begin with: an Avro schema with the settings that make its values. */
export type Quickstart = { readonly schema: string; readonly topicRoot: string; readonly key: string };

const text = (regex: string) => ({ type: 'string', 'arg.properties': { regex } });
const long = (min: number, max: number) => ({ type: 'long', 'arg.properties': { range: { min, max } } });

/** Between February 2017 and February 2018. */
const THEN = long(1_487_715_775_521, 1_519_273_364_600);

const USER = [
  { name: 'registertime', type: THEN },
  { name: 'userid', type: text('User_[1-9]') },
  { name: 'regionid', type: text('Region_[1-9]') },
  { name: 'gender', type: { type: 'string', 'arg.properties': { options: ['MALE', 'FEMALE', 'OTHER'] } } },
];

const INTERESTS = [
  ['Game', 'News'],
  ['News', 'Travel'],
  ['Travel', 'Sport', 'Movies'],
];

const CONTACTS = ['6', '8', '9'].map((digit) => ({
  phone: `650-555-010${digit}`,
  city: `City_${digit}`,
  state: 'CA',
  zipcode: `9430${digit}`,
}));

const record = (name: string, fields: readonly object[]): string => {
  return JSON.stringify({ namespace: 'ksql', name, type: 'record', fields });
};

export const QUICKSTARTS: Readonly<Record<string, Quickstart>> = {
  users: { schema: record('users', USER), topicRoot: 'users', key: 'userid' },
  users_: {
    schema: record('users', [
      ...USER,
      {
        name: 'interests',
        type: { type: 'array', items: 'string', 'arg.properties': { options: INTERESTS } },
      },
      {
        name: 'contactinfo',
        type: { type: 'map', values: 'string', 'arg.properties': { options: CONTACTS } },
      },
    ]),
    topicRoot: 'users',
    key: 'userid',
  },
  pageviews: {
    schema: record('pageviews', [
      { name: 'viewtime', type: { type: 'long', format_as_time: 'unix_long' } },
      { name: 'userid', type: text('User_[1-9]') },
      { name: 'pageid', type: text('Page_[1-9][0-9]?') },
    ]),
    topicRoot: 'pageviews',
    key: 'viewtime',
  },
  orders: {
    schema: record('orders', [
      { name: 'ordertime', type: THEN },
      { name: 'orderid', type: { type: 'int', 'arg.properties': { iteration: { start: 0 } } } },
      { name: 'itemid', type: text('Item_[1-9][0-9]{0,2}') },
      { name: 'orderunits', type: { type: 'double', 'arg.properties': { range: { min: 0.1, max: 10 } } } },
      {
        name: 'address',
        type: {
          name: 'address',
          type: 'record',
          fields: [
            { name: 'city', type: text('City_[1-9][0-9]?') },
            { name: 'state', type: text('State_[1-9][0-9]?') },
            { name: 'zipcode', type: long(10_000, 100_000) },
          ],
        },
      },
    ]),
    topicRoot: 'orders',
    key: 'orderid',
  },
};
