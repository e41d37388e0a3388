// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.credential.SettingSecrets;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.Config;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Takes all secrets in use out of every log line, at each level and in each format, and lets {@link LogText} make its text
 * harmless: libraries log what they are given.
 */
@Singleton
class MaskedLogs {

    /** Characters of one message. */
    private static final int LONGEST = 8192;

    /** Before routes are made, which log what they use. */
    void install(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started, CamelContext camel,
            Config config) {
        SettingSecrets settings = SettingSecrets.watch(camel);
        for (String each : config.getPropertyNames()) {
            if (SettingSecrets.isOwn(each)) {
                settings.learn(each, config.getConfigValue(each).getValue());
                settings.learnFile(each, config.getConfigValue(each).getValue());
            }
        }
        Secrets secrets = Secrets.of(camel);
        handlers().forEach(each -> mask(each, secrets));
    }

    private static List<Handler> handlers() {
        List<Handler> all = new ArrayList<>();
        for (String name : Collections.list(LogManager.getLogManager().getLoggerNames())) {
            Logger logger = Logger.getLogger(name);
            all.addAll(Arrays.asList(logger.getHandlers()));
        }
        return all;
    }

    private static void mask(Handler handler, Secrets secrets) {
        if (handler.getFormatter() instanceof ExtFormatter formatter && !(formatter instanceof Masked)) {
            handler.setFormatter(new Masked(formatter, secrets));
        }
        if (handler instanceof ExtHandler outer) {
            Arrays.asList(outer.getHandlers()).forEach(each -> mask(each, secrets));
        }
    }

    static final class Masked extends ExtFormatter {

        private final ExtFormatter formatter;
        private final Secrets secrets;

        Masked(ExtFormatter formatter, Secrets secrets) {
            this.formatter = formatter;
            this.secrets = secrets;
        }

        @Override
        public String format(ExtLogRecord record) {
            return secrets.mask(formatter.format(plain(record)));
        }

        private ExtLogRecord plain(ExtLogRecord record) {
            String text = record.getFormattedMessage();
            String plain = text == null ? null : plain(text);
            Throwable thrown = PlainThrowable.of(record.getThrown(), this::plain);
            if (Objects.equals(plain, text) && thrown == record.getThrown()) {
                return record;
            }
            ExtLogRecord copy = new ExtLogRecord(record);
            if (text != null) {
                copy.setMessage(plain, ExtLogRecord.FormatStyle.NO_FORMAT);
            }
            copy.setThrown(thrown);
            return copy;
        }

        private String plain(String text) {
            return LogText.plain(shortened(text));
        }

        /** A record can have a URL or name of megabytes. Masked before it is cut: half a secret would not be found. */
        private String shortened(String text) {
            if (text.length() <= LONGEST) {
                return text;
            }
            String masked = secrets.mask(text, LONGEST);
            return masked.substring(0, Math.min(LONGEST, masked.length())) + "… (" + text.length() + " characters)";
        }

        @Override
        public boolean isCallerCalculationRequired() {
            return formatter.isCallerCalculationRequired();
        }
    }
}
