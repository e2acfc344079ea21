using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Reading;

/// <summary>Records with <c>[Table]</c> and <c>[ImageFolder]</c> as declarations.</summary>
internal static class DatasetReader
{
    /// <summary>The table; null while its <c>[Table]</c> cannot be read.</summary>
    public static Located<DatasetDeclaration>? ReadTable(
        INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation) =>
        Read(type, nameof(TableAttribute), compilation, cancellation);

    /// <summary>The images; null while their <c>[ImageFolder]</c> cannot be read.</summary>
    public static Located<DatasetDeclaration>? ReadImages(
        INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation) =>
        Read(type, nameof(ImageFolderAttribute), compilation, cancellation);

    private static Located<DatasetDeclaration>? Read(
        INamedTypeSymbol type, string name, Compilation compilation, CancellationToken cancellation)
    {
        var reader = new AttributeReader(type, TypeReader.FullName(type), cancellation);
        var attributes = reader.Read().Select(attribute => attribute.Declaration).ToList();
        if (attributes.FirstOrDefault(attribute => attribute.Name == name) is not { } own) return null;
        var locations = new List<SiteLocation>();
        var columns = Members(type, cancellation)
            .Select(member => Read(type, member.Property, member.Parameter, locations, cancellation))
            .ToList();

        // Its file names members behind "this." alone.
        var read = TypeReader.Read(type, reader, compilation, cancellation);
        var hidden = read.Hidden.Where(name => name.By != HiddenBy.Member).ToList();
        var declared = read with
        {
            IsOrdinary = type is { TypeKind: TypeKind.Class, IsRecord: true, IsAbstract: false }
                && type is { ContainingType: null, IsGenericType: false, IsFileLocal: false },
            Hidden = hidden.Count == 0 ? default : new EquatableArray<HiddenName>(hidden),
        };
        locations.AddRange(reader.Locations);
        return new Located<DatasetDeclaration>(
            new DatasetDeclaration(
                declared, own, new EquatableArray<AttributeDeclaration>(attributes),
                new EquatableArray<ColumnDeclaration>(columns)),
            new EquatableArray<SiteLocation>(locations));
    }

    /// <summary>The properties that a row is made of, those of the primary constructor first.</summary>
    private static IEnumerable<(IPropertySymbol Property, IParameterSymbol? Parameter)> Members(
        INamedTypeSymbol type, CancellationToken cancellation)
    {
        // A parameter without a name is half-typed, which C# says.
        var properties = type.GetMembers().OfType<IPropertySymbol>().Where(property => property.Name.Length > 0 &&
            property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public,
                SetMethod: not null }).ToList();
        var constructor = PrimaryConstructor(type, properties, cancellation);
        var parameters = constructor?.Parameters.ToList() ?? [];
        foreach (var parameter in parameters)
            if (properties.FirstOrDefault(property => property.Name == parameter.Name) is { } property)
                yield return (property, parameter);
        foreach (var property in properties.Where(property => parameters.All(parameter => parameter.Name != property.Name)))
            yield return (property, null);
    }

    /// <summary>In a referenced assembly no syntax says which constructor it is: there it is the one with a property for each
    /// parameter.</summary>
    private static IMethodSymbol? PrimaryConstructor(
        INamedTypeSymbol type, List<IPropertySymbol> properties, CancellationToken cancellation)
    {
        bool isSource = type.DeclaringSyntaxReferences.Length > 0;
        return type.InstanceConstructors.Where(constructor => isSource
                ? constructor.DeclaringSyntaxReferences.Any(reference =>
                    reference.GetSyntax(cancellation) is TypeDeclarationSyntax)
                : constructor.Parameters.All(parameter => properties.Any(property => property.Name == parameter.Name)))
            .OrderByDescending(constructor => constructor.Parameters.Length).FirstOrDefault();
    }

    private static ColumnDeclaration Read(
        INamedTypeSymbol table, IPropertySymbol property, IParameterSymbol? parameter, List<SiteLocation> locations,
        CancellationToken cancellation)
    {
        // [property: Label] on a parameter stands on the property.
        var attributes = new List<AttributeDeclaration>();
        string owner = $"{TypeReader.FullName(table)}.{property.Name}";
        var readers = parameter is null ? [new AttributeReader(property, owner, cancellation)]
            : new[] { new AttributeReader(parameter, owner, cancellation),
                new AttributeReader(property, owner + " property", cancellation) };
        foreach (var reader in readers)
        {
            attributes.AddRange(reader.Read().Select(attribute => attribute.Declaration));
            locations.AddRange(reader.Locations);
        }

        var name = parameter is null ? new AttributeReader(property, owner, cancellation)
            : new AttributeReader(parameter, owner, cancellation);
        var site = name.NameSite();
        locations.AddRange(name.Locations);

        var type = NumberTypes.Underlying(property.Type)!;
        bool isNullable = !SymbolEqualityComparer.Default.Equals(type, property.Type)
            || (type.IsReferenceType && property.Type.NullableAnnotation == NullableAnnotation.Annotated);
        var kind = TypeOf(type);
        return new ColumnDeclaration(
            property.Name, kind,
                type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            isNullable, parameter is not null, kind == ColumnType.Enum ? new EquatableArray<string>(EnumMembers(type)) : default,
            new EquatableArray<AttributeDeclaration>(attributes), site);
    }

    private static ColumnType TypeOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Single => ColumnType.Single,
        SpecialType.System_Double => ColumnType.Double,
        SpecialType.System_Int32 => ColumnType.Int32,
        SpecialType.System_Int64 => ColumnType.Int64,
        SpecialType.System_Boolean => ColumnType.Boolean,
        SpecialType.System_String => ColumnType.Text,
        _ => type.TypeKind == TypeKind.Enum ? ColumnType.Enum : ColumnType.Foreign,
    };

    private static IEnumerable<string> EnumMembers(ITypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>()
        .Where(field => field.HasConstantValue).GroupBy(field => field.ConstantValue).Select(alike => alike.First().Name);
}
