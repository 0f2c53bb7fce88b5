import { type Serde, Serdes, StreamsBuilder, type Topology } from 'millrace/streams';

export type Order = { readonly customer: string; readonly item: string };
export type Customer = { readonly name: string; readonly city: string };
export type Parcel = { readonly item: string; readonly to: string };

export const orderSerde: Serde<Order> = Serdes.json<Order>();
export const customerSerde: Serde<Customer> = Serdes.json<Customer>();
export const parcelSerde: Serde<Parcel> = Serdes.json<Parcel>();

/**
 * A parcel for each open order, with the address that its customer has now. The order names the customer in a field, so
 * this is a join by foreign key: whoever moves moves all their parcels, and an order that is cancelled takes its along.
 */
export function parcels(): Topology {
  const builder = new StreamsBuilder();
  const orders = builder.table('orders', { key: Serdes.string(), value: orderSerde });
  const customers = builder.table('customers', { key: Serdes.string(), value: customerSerde });
  orders
    .join(
      customers,
      (order) => order.customer,
      ({ item }, { name, city }): Parcel => ({ item, to: `${name}, ${city}` }),
      { as: 'parcels', key: Serdes.string(), value: parcelSerde },
    )
    .toStream()
    .to('parcels', { key: Serdes.string(), value: parcelSerde });
  return builder.build();
}
