// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import dev.gtmroutes.api.Exceptions;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in one line what Camel's file consumer would tell with a stack trace. */
final class InboxErrors implements ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(InboxFiles.class);

    @Override
    public void handleException(Throwable exception) {
        handleException(null, null, exception);
    }

    @Override
    public void handleException(String message, Throwable exception) {
        handleException(message, null, exception);
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        LOG.warn("Cannot list the inbox, the next poll tries again: {}", Exceptions.text(exception));
        LOG.debug("{}", message, exception);
    }
}
