/**
 * Settings as flows see them.
 */
package dev.gtmroutes.flow.settings;
