using System;

namespace Dsl.Generator.Declarations;

/// <summary>A record with <c>[Table]</c> or <c>[ImageFolder]</c>: its columns in the order of the primary constructor, then that
/// of its other properties.</summary>
/// <param name="Attribute">That attribute.</param>
/// <param name="Attributes">The attributes of this language on the record, this one among them.</param>
internal sealed record DatasetDeclaration(
    TypeDeclaration Type,
    AttributeDeclaration Attribute,
    EquatableArray<AttributeDeclaration> Attributes,
    EquatableArray<ColumnDeclaration> Columns) : IEquatable<DatasetDeclaration>
{
    /// <summary>Whether its rows are images.</summary>
    public bool IsImages => Attribute.Name == nameof(ImageFolderAttribute);
}

/// <summary>A parameter of a record, or a property that can be set.</summary>
/// <param name="Name">The property.</param>
/// <param name="Type">What its values are.</param>
/// <param name="TypeName">The type without its question mark, as other files write it.</param>
/// <param name="IsNullable">Whether it has a question mark.</param>
/// <param name="IsPositional">Whether the primary constructor takes it.</param>
/// <param name="Members">The members of an enum, those of equal value once.</param>
/// <param name="Site">Its name.</param>
internal sealed record ColumnDeclaration(
    string Name,
    ColumnType Type,
    string TypeName,
    bool IsNullable,
    bool IsPositional,
    EquatableArray<string> Members,
    EquatableArray<AttributeDeclaration> Attributes,
    Site Site) : IEquatable<ColumnDeclaration>;

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
