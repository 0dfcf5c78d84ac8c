// Lint rules of our own: small, and about habits of this repository only.
import { readFileSync } from 'node:fs';

/** `// eslint-disable-…` without ` -- reason` says that somebody was in a hurry. */
const disableGivesReason = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { missing: 'Say why the rule is off: `eslint-disable… rule -- reason`.' },
  },
  create(/** @type {import('eslint').Rule.RuleContext} */ context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (/^\s*eslint-(disable|enable)/.test(comment.value) && !/ -- \S.{9,}/s.test(comment.value) && comment.loc) {
            if (!/^\s*eslint-enable/.test(comment.value)) context.report({ loc: comment.loc, messageId: 'missing' });
          }
        }
      },
    };
  },
};

/** Files are named after their main export, so the export carries its own name. */
const noDefaultExport = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { named: 'Export it by name; the file is called after its main export.' },
  },
  create(/** @type {import('eslint').Rule.RuleContext} */ context) {
    return {
      ExportDefaultDeclaration(/** @type {import('eslint').Rule.Node} */ node) {
        context.report({ node, messageId: 'named' });
      },
    };
  },
};

/** Clock, randomness and locale reach the pure part as arguments only; else the same input would give other output. */
const pure = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      clock: 'The pure part has no clock: take the time as an argument.',
      random: 'The pure part has no randomness of its own: take a seeded generator (shared/base/random.ts).',
      locale: 'The answer depends on the machine’s locale: compare by code unit or format by hand.',
    },
  },
  create(/** @type {import('eslint').Rule.RuleContext} */ context) {
    return {
      'CallExpression[callee.object.name="Math"][callee.property.name="random"]'(
        /** @type {import('eslint').Rule.Node} */ node,
      ) {
        context.report({ node, messageId: 'random' });
      },
      'CallExpression[callee.object.name="Date"][callee.property.name="now"]'(
        /** @type {import('eslint').Rule.Node} */ node,
      ) {
        context.report({ node, messageId: 'clock' });
      },
      'NewExpression[callee.name="Date"][arguments.length=0]'(/** @type {import('eslint').Rule.Node} */ node) {
        context.report({ node, messageId: 'clock' });
      },
      'CallExpression[callee.property.name=/^(toLocale|localeCompare)/]'(
        /** @type {import('eslint').Rule.Node} */ node,
      ) {
        context.report({ node, messageId: 'locale' });
      },
    };
  },
};

/** `column[i]!` is how a loop that keeps its bounds reads a typed array; anywhere else `!` hides a case. */
const nonNullOnIndexOnly = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { hidden: 'Only `array[index]!` inside known bounds may use `!`: handle the missing value here.' },
  },
  create(/** @type {import('eslint').Rule.RuleContext} */ context) {
    return {
      'TSNonNullExpression:not([expression.type="MemberExpression"][expression.computed=true])'(
        /** @type {import('eslint').Rule.Node} */ node,
      ) {
        context.report({ node, messageId: 'hidden' });
      },
    };
  },
};

/** Whether a test passes must not depend on how fast the machine is, or on luck. */
const noLuckInTests = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      wait: 'It gives up after a second; wait with `eventually` (test/support/eventually.ts).',
      limit:
        'A limit in milliseconds tests the machine: fake the clock, count the work, or measure its growth (test/support/growth.ts).',
      random: 'Draw from a seed: createRandom(String(WANTED_SEED)) (test/support/wanted-seed.ts).',
    },
  },
  create(/** @type {import('eslint').Rule.RuleContext} */ context) {
    const clock = 'CallExpression[callee.object.name=/^(performance|Date)$/][callee.property.name="now"]';
    return {
      'CallExpression[callee.object.name="vi"][callee.property.name=/^wait(For|Until)$/]'(
        /** @type {import('eslint').Rule.Node} */ node,
      ) {
        context.report({ node, messageId: 'wait' });
      },
      'CallExpression[callee.object.name="expect"][callee.property.name="poll"]'(
        /** @type {import('eslint').Rule.Node} */ node,
      ) {
        context.report({ node, messageId: 'wait' });
      },
      [`CallExpression[callee.name="expect"] > BinaryExpression > ${clock}`](
        /** @type {import('eslint').Rule.Node} */ node,
      ) {
        context.report({ node, messageId: 'limit' });
      },
      'CallExpression[callee.object.name="Math"][callee.property.name="random"]'(
        /** @type {import('eslint').Rule.Node} */ node,
      ) {
        context.report({ node, messageId: 'random' });
      },
    };
  },
};

const vocabulary = readFileSync(new URL('../../shared/semconv/attribute-keys.ts', import.meta.url), 'utf8');
/** OpenTelemetry attribute keys that shared/semconv has a name for. Single words (`error`, `span`) mean other things too. */
const attributeKeys = new Set([...vocabulary.matchAll(/ = '([a-z0-9_]+(?:\.[a-z0-9_]+)+)'/g)].map((match) => match[1]));

/** A key spelt out twice is spelt two ways one day. */
const attributeKeysInSemconv = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { named: "Import the name of '{{key}}' from shared/semconv/attribute-keys.ts." },
  },
  create(/** @type {import('eslint').Rule.RuleContext} */ context) {
    return {
      Literal(/** @type {import('eslint').Rule.Node & { type: 'Literal' }} */ node) {
        if (typeof node.value === 'string' && attributeKeys.has(node.value)) {
          context.report({ node, messageId: 'named', data: { key: node.value } });
        }
      },
    };
  },
};

/** @type {import('eslint').ESLint.Plugin} */
export const faultlineRules = {
  meta: { name: 'faultline' },
  rules: /** @type {Record<string, import('eslint').Rule.RuleModule>} */ ({
    'disable-gives-reason': disableGivesReason,
    'no-default-export': noDefaultExport,
    pure,
    'non-null-on-index-only': nonNullOnIndexOnly,
    'attribute-keys-in-semconv': attributeKeysInSemconv,
    'no-luck-in-tests': noLuckInTests,
  }),
};
