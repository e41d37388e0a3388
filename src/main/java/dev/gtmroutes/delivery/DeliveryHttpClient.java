// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.gtmroutes.api.ApiHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As Kamelets of users name it that were made for the first edition. Says so once, when the first of them is loaded.
 *
 * @deprecated now {@link ApiHttpClient}
 */
@Deprecated
public class DeliveryHttpClient extends ApiHttpClient {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryHttpClient.class);
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        if (TOLD.compareAndSet(false, true)) {
            LOG.warn("A vendor API Kamelet has the form of the first edition: it uses {}. The next version will not support "
                    + "it. Update it; people-ai-api-action is an example", getClass().getName());
        }
        super.configureHttpClient(client);
    }
}
