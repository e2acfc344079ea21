using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Reading;

/// <summary>C#'s types of numbers, as far as a <c>Forward</c> is run with them at compile time.</summary>
internal static class NumberTypes
{
    /// <summary>The keyword of a type of numbers; null for every other type, also those that are numbers underneath.</summary>
    public static string? Name(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_SByte => "sbyte",
        SpecialType.System_Byte => "byte",
        SpecialType.System_Int16 => "short",
        SpecialType.System_UInt16 => "ushort",
        SpecialType.System_Char => "char",
        SpecialType.System_Int32 => "int",
        SpecialType.System_UInt32 => "uint",
        SpecialType.System_Int64 => "long",
        SpecialType.System_UInt64 => "ulong",
        SpecialType.System_Single => "float",
        SpecialType.System_Double => "double",
        _ => null,
    };

    /// <summary>Whether values of a type are numbers, truth values or names for numbers, and not tensors or lists.</summary>
    public static bool IsPlainValue(ITypeSymbol? type) =>
        Name(type) is not null || type is { TypeKind: TypeKind.Enum or TypeKind.Pointer or TypeKind.Dynamic }
        || type?.SpecialType is
            SpecialType.System_Boolean or SpecialType.System_Decimal or SpecialType.System_IntPtr or SpecialType.System_UIntPtr
            or SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum or SpecialType.System_String;

    /// <summary>The type without the question mark of one that may be null.</summary>
    public static ITypeSymbol? Underlying(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0] : type;
}
