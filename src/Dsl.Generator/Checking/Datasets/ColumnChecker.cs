using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Datasets;

/// <summary>A declared column: what its type and its attributes say together.</summary>
/// <param name="commonScaling">What scales columns of numbers that say nothing of their own; null for nothing.</param>
/// <param name="commonImputation">What stands in for missing numbers likewise.</param>
internal sealed class ColumnChecker(
    ColumnDeclaration column, Bound<ScalingAttribute>? commonScaling, Bound<ImputeAttribute>? commonImputation,
    Findings findings)
{
    private readonly Bound<LabelAttribute>? _label = Bind<LabelAttribute>(column, findings);
    private readonly Bound<IgnoreAttribute>? _ignore = Bind<IgnoreAttribute>(column, findings);
    private readonly Bound<CategoriesAttribute>? _categories = Bind<CategoriesAttribute>(column, findings);
    private readonly Bound<ScalingAttribute>? _scaling = Bind<ScalingAttribute>(column, findings);
    private readonly Bound<ImputeAttribute>? _impute = Bind<ImputeAttribute>(column, findings);
    private readonly Bound<ColumnAttribute>? _name = Bind<ColumnAttribute>(column, findings);

    private ColumnRole Role => _label is not null ? ColumnRole.Label : _ignore is not null ? ColumnRole.Ignored
        : ColumnRole.Feature;

    private string Name => column.Name;

    /// <summary>The column; null with findings, or where it is none.</summary>
    public ColumnProgram? Check()
    {
        if (findings.Any) return null;

        // What is left out and is no parameter, nobody has to make.
        if (column.Type == ColumnType.Foreign && _ignore is not null && !column.IsPositional) return null;
        if (column.Type == ColumnType.Foreign)
        {
            findings.Add(Catalogue.NoColumnType, column.Site, Name, column.TypeName.Replace("global::", ""));
            return null;
        }

        if (_label is not null && _ignore is not null) Refuse(_ignore, "a label is not left out");
        AttributeDeclaration?[] others = [_categories?.Declaration, _scaling?.Declaration, _impute?.Declaration];
        foreach (var second in others.Where(_ => Role == ColumnRole.Ignored).OfType<AttributeDeclaration>())
        {
            findings.Add(Catalogue.DoesNotFitColumn, second.Site, AttributeBinder.ShortName(second.Name), Name,
                "the model does not see it")
                .Offer(Fix.Remove(second.Site, AttributeBinder.ShortName(second.Name)));
        }

        CheckLabelArguments();
        CheckCategoryArguments();
        if (findings.Any) return null;
        var checkedColumn = Categorized(new ColumnProgram(column, Role, Kind()) { Header = _name?.Attribute.Name ?? Name });
        if (findings.Any) return null;
        checkedColumn = Scaled(checkedColumn);
        checkedColumn = Imputed(checkedColumn);
        return findings.Any ? null : checkedColumn;
    }

    private static Bound<T>? Bind<T>(ColumnDeclaration column, Findings findings)
        where T : System.Attribute =>
        AttributeBinder.BindAll<T>(column.Attributes, findings).FirstOrDefault();

    private ColumnKind Kind() => column.Type switch
    {
        ColumnType.Text => Role == ColumnRole.Ignored ? ColumnKind.Text : ColumnKind.Category,
        ColumnType.Boolean => ColumnKind.Flag,
        ColumnType.Enum => ColumnKind.Category,
        ColumnType.Int32 => Role == ColumnRole.Label || _categories is not null ? ColumnKind.Category : ColumnKind.Number,
        _ => ColumnKind.Number,
    };

    private void CheckLabelArguments()
    {
        if (_label is null) return;
        const string classes = nameof(LabelAttribute.Classes);
        if (_label.Attribute.Names.Length > 0 && column.Type != ColumnType.Text)
            Refuse(_label, "classes are named for a string; an enum has its members, an int says how many");
        else if (_label.Has(classes) && column.Type != ColumnType.Int32)
            Refuse(_label, "Classes counts those of an int");
        else if (column.Type == ColumnType.Int64)
            Refuse(_label, "a class is an int, and a real number is a float or double");
        else if (column.Type == ColumnType.Text && _label.Attribute.Names.Length < 2)
            findings.Add(Catalogue.LabelWithoutClasses, _label.Site, Name, "[Label(\"first\", \"second\")]");
        else if (column.Type == ColumnType.Int32 && !_label.Has(classes))
            findings.Add(Catalogue.LabelWithoutClasses, _label.Site, Name,
                "[Label(Classes = 10)]; a number that is predicted is a float");
        else if (column.Type == ColumnType.Enum && column.Members.Count < 2)
            findings.Add(Catalogue.LabelWithoutClasses, _label.Site, Name, $"its enum has {column.Members.Count}");
        if (_categories is not null) Refuse(_categories, "the classes of a label stand in [Label]");
    }

    private void CheckCategoryArguments()
    {
        if (_categories is null)
        {
            if (column.Type == ColumnType.Text && Role == ColumnRole.Feature)
                findings.Add(Catalogue.TextWithoutCategories, column.Site, Name);
            return;
        }

        var (names, values, other) = (_categories.Attribute.Names, _categories.Attribute.Values, _categories.Attribute.Other);
        string? problem = column.Type switch
        {
            ColumnType.Text => names.Length == 0 ? "a string needs its categories by name" : null,
            ColumnType.Int32 => values.Length == 0 ? "an int needs its categories as numbers" : null,
            ColumnType.Enum => names.Length + values.Length > 0 || other ? "an enum has its members for categories" : null,
            _ => "categories are those of a string, an int or an enum",
        };
        if (problem is not null) Refuse(_categories, problem);
    }

    private ColumnProgram Categorized(ColumnProgram checkedColumn)
    {
        if (checkedColumn.Kind != ColumnKind.Category) return checkedColumn;
        var invariant = CultureInfo.InvariantCulture;
        List<string> names, values;
        switch (column.Type)
        {
            case ColumnType.Enum:
                names = [.. column.Members];
                values = [.. column.Members.Select(member => $"{column.TypeName}.{Identifier.Escape(member)}")];
                break;
            case ColumnType.Int32 when _label is not null:
                names = [.. Enumerable.Range(0, _label.Attribute.Classes).Select(value => value.ToString(invariant))];
                values = [];
                break;
            case ColumnType.Int32:
                names = [.. _categories!.Attribute.Values.Select(value => value.ToString(invariant))];
                values = names;
                break;
            default:
                names = [.. _label?.Attribute.Names ?? _categories!.Attribute.Names];
                values = [.. names.Select(BoundFixes.Quoted)];
                break;
        }

        var attribute = _label?.Site ?? _categories?.Site ?? column.Site;
        foreach (string twice in names.GroupBy(name => name).Where(alike => alike.Count() > 1).Select(alike => alike.Key))
            findings.Add(Catalogue.SameName, attribute, twice, "categories");
        return checkedColumn with { Categories = names, Values = values, HasOther = _categories?.Attribute.Other == true };
    }

    private ColumnProgram Scaled(ColumnProgram checkedColumn)
    {
        if (_scaling is null)
            return checkedColumn is { Kind: ColumnKind.Number, Role: ColumnRole.Feature }
                ? checkedColumn with { Scaling = commonScaling } : checkedColumn;
        if (checkedColumn.Kind != ColumnKind.Number) Refuse(_scaling, "it scales numbers");
        else if (_scaling.Attribute is MinMaxAttribute { Low: var low, High: var high } && low >= high)
            Refuse(_scaling, "the first of its numbers must be below the second");
        return checkedColumn with { Scaling = _scaling };
    }

    private ColumnProgram Imputed(ColumnProgram checkedColumn)
    {
        bool isNumber = checkedColumn.Kind == ColumnKind.Number;
        if (_impute is not null && Role == ColumnRole.Label)
            Refuse(_impute, "a label is never filled in: rows without one can be predicted alone");
        else if (_impute is not null && !column.IsNullable)
            Refuse(_impute, "its values cannot be missing: give its type a question mark");
        if (!column.IsNullable || Role != ColumnRole.Feature || findings.Any) return checkedColumn;
        var rule = _impute ?? (isNumber ? commonImputation : null);
        if (rule is null)
        {
            findings.Add(Catalogue.MissingWithoutRule, column.Site, Name, isNumber ? "Statistic.Median" : "Statistic.Mode");
            return checkedColumn;
        }

        return Imputation(checkedColumn, rule) is { } code
            ? checkedColumn with { Imputation = code, HasIndicator = rule.Attribute.Indicator }
            : checkedColumn;
    }

    private string? Imputation(ColumnProgram checkedColumn, Bound<ImputeAttribute> rule)
    {
        var impute = rule.Attribute;
        var categories = checkedColumn.Categories.ToList();
        if (impute.Statistic is { } statistic)
        {
            if (checkedColumn.Kind == ColumnKind.Number || statistic == Statistic.Mode) return $"Imputation.{statistic}";
            return Refuse(rule,
                $"a {statistic.ToString().ToLowerInvariant()} is one of numbers; Statistic.Mode takes the most frequent value");
        }

        string? name = impute.Category
            ?? (column.Type == ColumnType.Int32 ? impute.Value?.ToString(CultureInfo.InvariantCulture) : null);
        if (checkedColumn.Kind == ColumnKind.Category)
        {
            int place = name is null ? -1 : categories.IndexOf(name);
            return place >= 0 ? $"Imputation.Constant({place})"
                : Refuse(rule, $"it is none of the categories{NearName.Question(name ?? "", categories)}");
        }

        if (impute.Value is not { } value) return Refuse(rule, "a category stands in for one of a string, an int or an enum");
        return checkedColumn.Kind == ColumnKind.Flag && value is not (0 or 1) ? Refuse(rule, "for a yes or no stands 0 or 1")
            : double.IsNaN(value) || double.IsInfinity(value) ? Refuse(rule, "it must be a finite number")
            : $"Imputation.Constant({Scalar.Literal(value)})";
    }

    private string? Refuse<T>(Bound<T> attribute, string reason)
        where T : System.Attribute
    {
        findings.Add(Catalogue.DoesNotFitColumn, attribute.Site, attribute.Name, Name, reason).Offer(attribute.Remove());
        return null;
    }
}
