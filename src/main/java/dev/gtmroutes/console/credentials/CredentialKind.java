// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.lint.flow.VendorApi;

/**
 * One of the ways in which a vendor lets somebody in: the values that are needed together.
 *
 * @param id     the names of its values, with a plus sign in between
 * @param title  for people, from the titles that the vendor's Kamelet gives to its values
 * @param fields what a person enters
 */
public record CredentialKind(String id, String title, List<Field> fields) {

    private static final String API_KEY = "api-key";
    private static final String REFRESH_TOKEN = "refresh-token";
    /** What {@link dev.gtmroutes.credential.Credential} makes a token of. */
    private static final List<List<String>> WAYS = List.of(List.of(API_KEY), List.of("access-token"),
            List.of(REFRESH_TOKEN, "client-id", "client-secret"), List.of("client-id", "client-secret"));

    /**
     * A value.
     *
     * @param name        the end of the name of its setting, such as {@code api-key}
     * @param title       such as API key
     * @param description of the vendor's Kamelet, without what it says about settings
     */
    public record Field(String name, String title, String description) {
    }

    /**
     * Those of a vendor API.
     *
     * @param prefix what stands before the secret in its header: an API key needs none, and where there is none, nothing
     *               but an API key can be sent
     */
    static List<CredentialKind> of(VendorApi api, String prefix) {
        List<Field> offered = api.secrets().stream().map(each -> new Field(VendorApi.setting(each), sentence(each.title()),
                each.description().replaceFirst(" Default: the setting .*", ""))).toList();
        List<CredentialKind> kinds = new ArrayList<>();
        for (List<String> way : WAYS) {
            List<Field> fields = way.stream().flatMap(name -> offered.stream().filter(each -> each.name.equals(name)))
                    .toList();
            if (fields.size() == way.size()) {
                kinds.add(new CredentialKind(String.join("+", way), title(fields), fields));
            }
        }
        boolean keyOnly = prefix.isBlank() || prefix.strip().equals("none");
        return keyOnly && kinds.stream().anyMatch(each -> each.id.equals(API_KEY))
                ? kinds.stream().filter(each -> each.id.equals(API_KEY)).toList() : kinds;
    }

    private static String title(List<Field> fields) {
        boolean refreshes = fields.get(0).name.equals(REFRESH_TOKEN);
        List<String> titles = fields.stream().limit(refreshes ? 1 : fields.size()).map(Field::title).toList();
        return titles.size() == 1 ? titles.get(0) : titles.get(0) + " and " + first(titles.get(1));
    }

    /** Client Secret is Client secret; API Key is API key. */
    private static String sentence(String title) {
        String[] words = title.strip().split("\\s+");
        return Stream.concat(Stream.of(words[0]), Stream.of(words).skip(1).map(CredentialKind::first))
                .collect(Collectors.joining(" "));
    }

    private static String first(String words) {
        boolean isName = words.length() > 1 && Character.isUpperCase(words.charAt(1));
        return isName ? words : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    /** The names of its values. */
    Set<String> names() {
        return fields.stream().map(Field::name).collect(Collectors.toSet());
    }

    /** Whether a test leaves the values as good as they were: it would use up a refresh token. */
    public boolean isTestable() {
        return fields.stream().noneMatch(each -> each.name.equals(REFRESH_TOKEN));
    }

    /** The one that these values make up, the first one where several fit: it is the one that is sent. */
    static Optional<CredentialKind> fitting(List<CredentialKind> kinds, Set<String> values) {
        return kinds.stream().filter(each -> values.containsAll(each.names())).findFirst();
    }

    /** The names of the values of all kinds. */
    static Set<String> names(List<CredentialKind> kinds) {
        return kinds.stream().flatMap(each -> each.fields.stream()).map(Field::name).collect(Collectors.toSet());
    }
}
