using System;

namespace Dsl.Generator.Declarations;

/// <summary>A record with <c>[Table]</c>: its columns in the order of the primary constructor, then that of its other
/// properties.</summary>
/// <param name="Attributes">The attributes of this language on the record, <c>[Table]</c> among them.</param>
internal sealed record TableDeclaration(
    TypeDeclaration Type,
    AttributeDeclaration Table,
    EquatableArray<AttributeDeclaration> Attributes,
    EquatableArray<TableColumnDeclaration> Columns) : IEquatable<TableDeclaration>;

/// <summary>A parameter of a record, or a property that can be set.</summary>
/// <param name="Name">The property.</param>
/// <param name="Type">What its values are.</param>
/// <param name="TypeName">The type without its question mark, as other files write it.</param>
/// <param name="IsNullable">Whether it has a question mark.</param>
/// <param name="IsPositional">Whether the primary constructor takes it.</param>
/// <param name="Members">The members of an enum, those of equal value once.</param>
/// <param name="Site">Its name.</param>
internal sealed record TableColumnDeclaration(
    string Name,
    ColumnType Type,
    string TypeName,
    bool IsNullable,
    bool IsPositional,
    EquatableArray<string> Members,
    EquatableArray<AttributeDeclaration> Attributes,
    Site Site) : IEquatable<TableColumnDeclaration>;

/// <summary>The types that a column can have.</summary>
internal enum ColumnType
{
    /// <summary>One that no column can have.</summary>
    Foreign,
    Single,
    Double,
    Int32,
    Int64,
    Boolean,
    Text,
    Enum,
}
