// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.net.BindException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

import io.quarkus.logging.LoggingFilter;
import org.apache.camel.util.ObjectHelper;
import org.jboss.logmanager.ExtLogRecord;

/** Tells in one line that the program cannot listen where it should; Quarkus does so for its main port only. */
@LoggingFilter(name = "ports-in-use")
public final class PortsInUse implements Filter {

    @Override
    public boolean isLoggable(LogRecord told) {
        BindException inUse = ObjectHelper.getException(BindException.class, told.getThrown());
        if (inUse != null && told instanceof ExtLogRecord line) {
            line.setMessage("Not started: " + where(told.getThrown(), inUse) + ": " + inUse.getMessage()
                    + ". Another program may use the port. Set another port in quarkus.management.port",
                    ExtLogRecord.FormatStyle.NO_FORMAT);
            line.setThrown(null);
        }
        return true;
    }

    /** What the cause is wrapped in names address and port. */
    private static String where(Throwable failure, BindException inUse) {
        Throwable each = failure;
        while (each.getCause() != inUse) {
            each = each.getCause();
        }
        return each.getMessage();
    }
}
