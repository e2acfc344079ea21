using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Dsl.Generator.Reading;

internal sealed partial class BodyReader
{
    private static readonly IReadOnlyDictionary<BinaryOperatorKind, string> Operators = new Dictionary<BinaryOperatorKind, string>
    {
        [BinaryOperatorKind.Add] = "+",
        [BinaryOperatorKind.Subtract] = "-",
        [BinaryOperatorKind.Multiply] = "*",
        [BinaryOperatorKind.Divide] = "/",
        [BinaryOperatorKind.Remainder] = "%",
        [BinaryOperatorKind.LessThan] = "<",
        [BinaryOperatorKind.LessThanOrEqual] = "<=",
        [BinaryOperatorKind.GreaterThan] = ">",
        [BinaryOperatorKind.GreaterThanOrEqual] = ">=",
        [BinaryOperatorKind.Equals] = "==",
        [BinaryOperatorKind.NotEquals] = "!=",
        [BinaryOperatorKind.ConditionalAnd] = "&&",
        [BinaryOperatorKind.ConditionalOr] = "||",
    };

    private Expression Expression(IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true, Value: null or bool or int or long or float or double } constant)
            return new Expression.Constant(constant.Value, Place(operation));
        if (operation.ConstantValue.HasValue && NumberTypes.Name(operation.Type) is not null)
            return new Expression.Constant(operation.ConstantValue.Value, Place(operation));
        return operation switch
        {
            ILocalReferenceOperation local => new Expression.Variable(local.Local.Name, Place(operation)),
            IParameterReferenceOperation parameter => new Expression.Variable(parameter.Parameter.Name, Place(operation)),
            IParenthesizedOperation parenthesized => Expression(parenthesized.Operand),
            IDefaultValueOperation => new Expression.Constant(null, Place(operation)),
            IConversionOperation conversion => Conversion(conversion),
            IBinaryOperation { IsLifted: false } binary when Operators.TryGetValue(binary.OperatorKind, out string? symbol)
                && IsKnown(binary.OperatorMethod) =>
                new Expression.Binary(symbol, Expression(binary.LeftOperand), Expression(binary.RightOperand), Place(operation)),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, IsLifted: false } minus when IsKnown(minus.OperatorMethod) =>
                new Expression.Unary("-", Expression(minus.Operand), Place(operation)),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null } not =>
                new Expression.Unary("!", Expression(not.Operand), Place(operation)),
            IConditionalOperation { WhenFalse: { } other } choice =>
                new Expression.Conditional(
                    Expression(choice.Condition), Expression(choice.WhenTrue), Expression(other), Place(operation)),
            ITupleOperation tuple => new Expression.Tuple(Expressions(tuple.Elements), Place(operation)),
            IArrayCreationOperation { Initializer: { } items } =>
                new Expression.List(Expressions(items.ElementValues), Place(operation)),
            ICollectionExpressionOperation collection => new Expression.List(Expressions(collection.Elements), Place(operation)),
            IArrayElementReferenceOperation { Indices.Length: 1,
                ArrayReference: IPropertyReferenceOperation { Property.Name: "shape" } shape } element
                when shape.Instance is { Type: { } type } tensor && MethodReader.IsTensor(type) =>
                new Expression.Function("size", new([Expression(tensor), Expression(element.Indices[0])]), Place(operation)),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance.Type: { } type } element when MethodReader.IsTensor(
                type) =>
                Index(element),
            IInvocationOperation call => Call(call),
            _ => OutsideExpression(operation),
        };
    }

    private EquatableArray<Expression> Expressions(IEnumerable<IOperation> operations) =>
        new(operations.Select(Expression).ToList());

    private Expression Conversion(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is not null)
        {
            // A number stays one where an overload takes a Scalar.
            return IsKnown(conversion.OperatorMethod) ? Expression(conversion.Operand) : OutsideExpression(conversion);
        }

        // An argument that was left out says nothing, of whatever type.
        if (conversion.Operand is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null } })
            return Expression(conversion.Operand);

        var from = NumberTypes.Underlying(conversion.Operand.Type);
        var to = NumberTypes.Underlying(conversion.Type);
        if (NumberTypes.Name(to) is { } type)
            return new Expression.Convert(type, conversion.IsChecked, Expression(conversion.Operand), Place(conversion));

        // An array stays one where it takes a span; a number that becomes an object, a decimal or an enumeration is none that is
        // known.
        bool isKept = conversion.Conversion.IsIdentity || SymbolEqualityComparer.Default.Equals(from, to)
            || !(NumberTypes.IsPlainValue(from) || NumberTypes.IsPlainValue(to));
        return isKept ? Expression(conversion.Operand) : OutsideExpression(conversion);
    }

    /// <summary>x[.., i], whichever of the tensor's indexers takes it.</summary>
    private Expression Index(IPropertyReferenceOperation element)
    {
        var arguments = element.Arguments.SelectMany(argument =>
            argument.Value is IArrayCreationOperation { Initializer: { } items } ? items.ElementValues.AsEnumerable()
                : [argument.Value]);
        var places = arguments.Select(PlaceOf).ToList();
        return new Expression.Function(
            Declarations.Expression.Index, new([Expression(element.Instance!), .. places]), Place(element));

        Expression PlaceOf(IOperation argument)
        {
            var place = argument;
            while (place is IConversionOperation conversion) place = conversion.Operand;
            return place switch
            {
                IRangeOperation { LeftOperand: null, RightOperand: null } => new Expression.Constant(null, Place(place)),
                IFieldReferenceOperation { Field: { Name: "Colon", ContainingType.Name: "TensorIndex" } } =>
                    new Expression.Constant(null, Place(place)),
                IRangeOperation range => new Expression.List(
                    new([End(range.LeftOperand, range), End(range.RightOperand, range)]), Place(place)),
                _ when NumberTypes.Name(place.Type) is not null => Expression(place),
                _ => OutsideExpression(place),
            };
        }

        Expression End(IOperation? end, IOperation range)
        {
            while (end is IConversionOperation conversion) end = conversion.Operand;
            return end is null ? new Expression.Constant(null, Place(range))
                : NumberTypes.Name(end.Type) is not null ? Expression(end) : OutsideExpression(end);
        }
    }

    private Expression Call(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var arguments = call.Arguments.OrderBy(argument => argument.Parameter?.Ordinal).Select(argument => argument.Value);
        if (layers.Any(layer => SymbolEqualityComparer.Default.Equals(layer, method)))
        {
            _called.Add(method.Name);
            return new Expression.Layers(method.Name, Expressions(arguments), Place(call));
        }

        if (!IsKnown(method)) return OutsideExpression(call);
        if (call.Instance is { } instance) arguments = arguments.Prepend(instance);
        return new Expression.Function(method.Name, Expressions(arguments), Place(call));
    }

    private Expression OutsideExpression(IOperation operation)
    {
        NoteCalls(operation);
        return new Expression.Outside(Text(operation), Place(operation));
    }

    /// <summary>What stands outside may call layers too: they are not without a use.</summary>
    private void NoteCalls(IOperation operation)
    {
        foreach (var call in operation.DescendantsAndSelf().OfType<IInvocationOperation>())
            if (layers.Any(layer => SymbolEqualityComparer.Default.Equals(layer, call.TargetMethod)))
                _called.Add(call.TargetMethod.Name);
        foreach (var reference in operation.DescendantsAndSelf().OfType<IMethodReferenceOperation>())
            if (layers.Any(layer => SymbolEqualityComparer.Default.Equals(layer, reference.Method)))
                _called.Add(reference.Method.Name);
    }

    /// <summary>Whether a method or operator is one of the tensor library's own: torch, its functions, its tensors and
    /// scalars.</summary>
    private static bool IsKnown(IMethodSymbol? method)
    {
        if (method is null) return true;
        var type = method.ContainingType;
        if (type is not { Name: "torch" or "Tensor" or "functional" or "special" or "Scalar" }) return false;
        while (type.ContainingType is not null) type = type.ContainingType;
        return type is { Name: "torch" or "Scalar",
            ContainingNamespace: { Name: "TorchSharp", ContainingNamespace.IsGlobalNamespace: true } };
    }
}
