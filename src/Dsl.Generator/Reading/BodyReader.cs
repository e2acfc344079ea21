using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Dsl.Generator.Reading;

/// <summary>The body of a <c>Forward</c> as records: statements.</summary>
/// <param name="layers">The methods that carry layers.</param>
/// <param name="owner">What the sites of the records are called after.</param>
internal sealed partial class BodyReader(
    IReadOnlyList<IMethodSymbol> layers, Compilation compilation, string owner, List<SiteLocation> locations,
    CancellationToken cancellation)
{
    // Longer texts do not belong into a message.
    private const int MaximumText = 60;

    private readonly SortedSet<string> _called = new(System.StringComparer.Ordinal);
    private int _nodes;

    /// <summary>The layer methods that the body names.</summary>
    public IEnumerable<string> Called => _called;

    public IReadOnlyList<Statement> Read(MethodDeclarationSyntax syntax)
    {
        var semantics = compilation.GetSemanticModel(syntax.SyntaxTree);
        if (semantics.GetOperation(syntax, cancellation) is not IMethodBodyOperation method) return [];
        return (method.BlockBody ?? method.ExpressionBody) is { } body ? Block(body) : [];
    }

    private EquatableArray<Statement> List(IOperation? operation) =>
        new(operation is null ? [] : operation is IBlockOperation block ? Block(block) : Statements(operation));

    private List<Statement> Block(IBlockOperation block) => block.Operations.SelectMany(Statements).ToList();

    private IEnumerable<Statement> Statements(IOperation operation)
    {
        cancellation.ThrowIfCancellationRequested();
        switch (operation)
        {
            case IEmptyOperation:
                return [];
            case IBlockOperation block:
                return Block(block);
            case IVariableDeclarationGroupOperation group:
                return group.Declarations.SelectMany(declaration => declaration.Declarators).SelectMany(Declare).ToList();
            case IExpressionStatementOperation expression:
                return [Effect(expression.Operation)];
            case IReturnOperation { ReturnedValue: { } value }:
                return [new Statement.Return(Expression(value), Place(operation))];
            case IConditionalOperation condition:
                return [new Statement.If(
                    Expression(condition.Condition), List(condition.WhenTrue), List(condition.WhenFalse), Place(operation))];
            case IForLoopOperation loop:
                return
                [
                    new Statement.For(
                        new(loop.Before.SelectMany(Statements)), loop.Condition is { } test ? Expression(test) : null,
                        new(loop.AtLoopBottom.SelectMany(Statements)), List(loop.Body), Place(operation)),
                ];
            case IBranchOperation { BranchKind: BranchKind.Break }:
                return [new Statement.Break(Place(operation))];
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                return [new Statement.Continue(Place(operation))];
            default:
                return [Outside(operation)];
        }
    }

    private Statement Outside(IOperation operation)
    {
        NoteCalls(operation);
        return new Statement.Outside(Text(operation), Place(operation));
    }

    private IEnumerable<Statement> Declare(IVariableDeclaratorOperation declarator)
    {
        var initializer = declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer;
        return initializer is null ? []
            : [new Statement.Assign(declarator.Symbol.Name, Expression(initializer.Value), Place(declarator))];
    }

    private Statement Effect(IOperation operation)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { IsRef: false } assignment when Variable(assignment.Target) is { } name:
                return new Statement.Assign(name, Expression(assignment.Value), Place(operation));
            case ICompoundAssignmentOperation { OutConversion: { IsIdentity: true } } compound
                when Variable(compound.Target) is { } name && Operators.TryGetValue(compound.OperatorKind, out string? symbol):
                var sum = new Expression.Binary(
                    symbol, Expression(compound.Target), Expression(compound.Value), Place(operation));
                return new Statement.Assign(name, sum, sum.Site);
            case IIncrementOrDecrementOperation step when Variable(step.Target) is { } name
                && One(step.Target.Type) is { } number:
                var one = new Expression.Constant(number, Place(operation));
                return new Statement.Assign(
                    name, new Expression.Binary(
                        step.Kind == OperationKind.Increment ? "+" : "-", Expression(step.Target), one, one.Site), one.Site);
            default:
                return Outside(operation);
        }
    }

    private static object? One(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Int32 => 1,
        SpecialType.System_Int64 => 1L,
        SpecialType.System_Single => 1f,
        SpecialType.System_Double => 1d,
        _ => null,
    };

    private static string? Variable(IOperation target) => target switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        _ => null,
    };

    /// <summary>The next site, at the place of an operation.</summary>
    private Site Place(IOperation operation)
    {
        var site = new Site(owner, Node: _nodes++);
        locations.Add(new SiteLocation(
            site, operation.Syntax.SyntaxTree.FilePath, operation.Syntax.SpanStart, operation.Syntax.Span.Length));
        return site;
    }

    /// <summary>An operation's text as messages show it, whatever blanks it is written with.</summary>
    private static string Text(IOperation operation)
    {
        string text = operation.Syntax.NormalizeWhitespace("", " ").ToString();
        return text.Length <= MaximumText ? text : text.Substring(0, MaximumText) + "...";
    }
}
