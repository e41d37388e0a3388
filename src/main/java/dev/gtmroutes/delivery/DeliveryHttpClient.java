package dev.gtmroutes.delivery;

import dev.gtmroutes.api.ApiHttpClient;

/**
 * As Kamelets of users name it that were made for the first edition.
 *
 * @deprecated now {@link ApiHttpClient}
 */
@Deprecated
public class DeliveryHttpClient extends ApiHttpClient {
}
