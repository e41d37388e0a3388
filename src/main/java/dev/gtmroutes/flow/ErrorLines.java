// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import dev.gtmroutes.delivery.InputKeptException;
import dev.gtmroutes.record.read.NotRecordsException;
import jakarta.inject.Singleton;
import org.apache.camel.builder.RouteConfigurationBuilder;

/** How errors in flows are told: by those who know what they mean, in one line. */
@Singleton
public class ErrorLines extends RouteConfigurationBuilder {

    /**
     * A chunk that cannot be acknowledged is told by its source; Camel would tell it too, with its stack trace. What else
     * fails in a step of a flow is told by Camel, in one line.
     */
    @Override
    public void configuration() {
        routeConfiguration().onException(InputKeptException.class, NotRecordsException.class).logExhausted(false)
                .logHandled(false).logRetryAttempted(false);
        routeConfiguration().onException(Exception.class).logStackTrace(false).logExhaustedMessageHistory(false);
    }
}
