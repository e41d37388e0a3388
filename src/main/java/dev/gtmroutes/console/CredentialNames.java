package dev.gtmroutes.console;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** The names of the credentials that there are settings for, of all vendors. */
@Singleton
class CredentialNames {

    private static final Pattern SETTING = Pattern.compile(
            "(?:people-ai|customerly|salesloft)\\.([\\w-]+)\\.(?:api-key|access-token|client-id|refresh-token)");

    /** {@code default} among them: it stands for the settings without a name. */
    SortedSet<String> all() {
        SortedSet<String> names = new TreeSet<>();
        names.add("default");
        for (String each : ConfigProvider.getConfig().getPropertyNames()) {
            Matcher setting = SETTING.matcher(each);
            if (setting.matches()) {
                names.add(setting.group(1));
            }
        }
        return names;
    }
}
