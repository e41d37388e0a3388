// SPDX-License-Identifier: Apache-2.0
/**
 * Which attributes records have: their names, types and values, for people who choose among them.
 */
package dev.gtmroutes.record.survey;
