using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Checking;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Emitting;

namespace Dsl.Generator.Skeletons;

/// <summary>
/// A wrong trainer with what is wrong taken out, so that the same code as ever says what members it has. First wrong arguments
/// go, then the
/// network, since a trainer's members hardly depend on it, and at last attributes.
/// </summary>
internal sealed class TrainerMender
{
    // Each round costs a compilation, and each may find what the one before hid.
    private const int Rounds = 12;

    private readonly CompilerOptions _options;
    private TrainerDeclaration _current;
    private bool _hasStandIn;

    private TrainerMender(TrainerDeclaration declaration, CompilerOptions options)
    {
        _options = options;
        _current = TrainerParts.WithModels(declaration with { Type = SkeletonName.Own(declaration.Type) }, Mended);
    }

    /// <summary>The attributes that are not in the file.</summary>
    public List<AttributeDeclaration> Dropped { get; } = [];

    /// <summary>Whether the file's network is one for a table.</summary>
    public bool HasDataset => _current.Model?.Dataset is not null;

    /// <summary>The trainer's file, in which the classes have the names of placeholders.</summary>
    public string Source { get; private set; } = "";

    /// <summary>Mends a trainer.</summary>
    public static TrainerMender Mend(TrainerDeclaration declaration, CompilerOptions options)
    {
        var mender = new TrainerMender(declaration, options);
        mender.Run(declaration);
        return mender;
    }

    private void Run(TrainerDeclaration declaration)
    {
        // What is no model is trained as one.
        if (declaration.Model is null) UseStandIn();
        for (int round = 0; round < Rounds; round++)
        {
            var findings = new Findings();
            if (ClassFile.Of(_current, _options, findings) is { } source)
            {
                Source = source;
                return;
            }

            if (!Improve(AttributeMender.Errors(findings.ToArray()))) break;
        }

        // As a last resort the plainest trainer of all, to which everything declared is added by name.
        Dropped.Clear();
        Dropped.AddRange(declaration.Attributes.Where(attribute => attribute.Site != declaration.Trainer.Site));
        _current = _current with
        {
            Model = null,
            Attributes = new EquatableArray<AttributeDeclaration>(
                _current.Attributes.Where(attribute => attribute.Site == declaration.Trainer.Site)),
        };
        UseStandIn();
        Complete();
        Source = ClassFile.Of(_current with { Trainer = _current.Trainer with { Arguments = default } }, _options,
            new Findings())!;
    }

    /// <summary>Takes the next thing out.</summary>
    private bool Improve(IReadOnlyCollection<Finding> errors)
    {
        var mender = new AttributeMender(errors);
        _current = _current with
        {
            Trainer = mender.WithoutArguments(_current.Trainer),
            Attributes = mender.WithoutArguments(_current.Attributes),
        };
        if (mender.Changed || Complete()) return true;
        if (!_hasStandIn)
        {
            UseStandIn();
            return true;
        }

        // Without an error of the trainer's own, a policy has some.
        int before = Dropped.Count;
        if (errors.Count == 0) Dropped.AddRange(TrainerParts.WithPolicy(_current));
        else mender.WithoutWrong([.. _current.Attributes.Where(attribute => attribute.Site != _current.Trainer.Site)], Dropped);
        foreach (var attribute in Dropped.Skip(before)) _current = TrainerParts.Without(_current, attribute.Site);
        return Dropped.Count > before;
    }

    /// <summary>Adds what every trainer needs.</summary>
    private bool Complete()
    {
        var added = new List<AttributeDeclaration>();
        if (!_current.Attributes.Any(AttributeBinder.Declares<TermAttribute>)
            && !_current.Attributes.Any(AttributeBinder.Declares<SchemeAttribute>))
            added.Add(StandIn.Attribute(nameof(CrossEntropyAttribute)));
        if (!_current.Attributes.Any(AttributeBinder.Declares<OptimizerAttribute>))
            added.Add(StandIn.Attribute(nameof(AdamAttribute)));
        added.AddRange(LearnerChecker.WithoutOptimizer(_current).Select(StandIn.Optimizer));
        _current = _current with { Attributes = new EquatableArray<AttributeDeclaration>(_current.Attributes.Concat(added)) };
        return added.Count > 0;
    }

    private void UseStandIn()
    {
        _hasStandIn = true;
        var type = SkeletonName.Other(_current.Type, SkeletonName.Model);
        var unknown = new ModelDeclaration(type, _current.Trainer, default, default, default);
        _current = _current with { Model = StandIn.For(_current.Model ?? unknown) };
    }

    private ModelDeclaration Mended(ModelDeclaration model, string name)
    {
        var named = model with { Type = SkeletonName.Other(model.Type, name) };
        return ModelChecker.Check(named, new Findings()) is not null ? named
            : ModelMender.Mend(named, _options).Declaration with { Type = named.Type };
    }
}
