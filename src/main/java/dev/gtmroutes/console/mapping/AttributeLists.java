// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.mapping;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.lint.fields.TargetField;
import dev.gtmroutes.record.mapping.MappingLine;
import dev.gtmroutes.record.survey.AttributeSurvey;
import dev.gtmroutes.record.survey.SurveyedAttribute;

/**
 * What a person can pick in the form of a flow.
 *
 * @param source  attributes of records as the source has them
 * @param mapped  attributes of records once they are mapped
 * @param targets fields that the endpoint takes
 * @param origin  where the names of attributes come from, as a sentence
 */
public record AttributeLists(List<Entry> source, List<Entry> mapped, List<Entry> targets, String origin) {

    /**
     * An entry of a list.
     *
     * @param value      what is picked
     * @param expression how a mapping reads it; empty for what it does not read
     * @param type       in a few words; empty where it is not known
     * @param sample     a value, without secrets; empty for none
     */
    public record Entry(String value, String expression, String type, String sample) {
    }

    /**
     * @param attributes of the records of the source
     * @param lines      of the mapping
     * @param keeps      whether attributes stay that no line assigns to
     * @param origin     where the attributes come from, as a sentence
     */
    static AttributeLists of(List<SurveyedAttribute> attributes, List<MappingLine> lines, boolean keeps,
            List<TargetField> fields, Secrets secrets, String origin) {
        List<Entry> source = attributes.stream()
                .map(each -> new Entry(each.path(), each.expression(), each.type(), secrets.mask(each.sample()))).toList();
        Set<String> made = new TreeSet<>();
        lines.stream().filter(MappingLine::isAssignment).forEach(each -> made.add(each.attribute()));
        Stream<Entry> ofLines = made.stream().map(each -> new Entry(each, "", "From the mapping", ""));
        List<Entry> mapped = Stream.concat(ofLines, source.stream().filter(each -> keeps && !made.contains(each.value())))
                .limit(AttributeSurvey.MOST).toList();
        List<Entry> targets = fields.stream().map(each -> new Entry(each.target(), "",
                each.isRequired() ? each.type().isEmpty() ? "Required" : each.type() + " · Required" : each.type(),
                secrets.mask(each.sample()))).toList();
        return new AttributeLists(source, mapped, targets, origin);
    }
}
