// Lint rules of our own: small, and about habits of this repository only.

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

/** @type {import('eslint').ESLint.Plugin} */
export const faultlineRules = {
  meta: { name: 'faultline' },
  rules: /** @type {Record<string, import('eslint').Rule.RuleModule>} */ ({
    'disable-gives-reason': disableGivesReason,
    'no-default-export': noDefaultExport,
    pure,
  }),
};
