using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking;

/// <summary>What parts of a model are called in files of pretrained weights.</summary>
internal sealed class PretrainedChecker
{
    private static readonly char[] Digits = [.. "0123456789"];

    private readonly string _model;
    private readonly NetworkProgram _network;
    private readonly Findings _findings;
    private readonly Dictionary<string, Shape?> _tensors;
    private readonly HashSet<string> _known;

    // What the file calls parts of the network; and what names of the file are taken, by what part of them.
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<(string From, int Part), int> _taken = [];

    private PretrainedChecker(string model, NetworkProgram network, Findings findings)
    {
        (_model, _network, _findings) = (model, network, findings);
        _tensors = network.Parameters.Select(parameter => (parameter.Name, (Shape?)parameter.Shape))
            .Concat(network.Aliases.Select(alias => (alias.Name, (Shape?)alias.Target.Shape)))
            .Concat(network.Buffers.Select(buffer => (buffer.Name, (Shape?)null)))
            .GroupBy(tensor => tensor.Name).ToDictionary(alike => alike.Key, alike => alike.First().Item2);
        _known = [.. _tensors.Keys, .. _tensors.Keys.SelectMany(ParameterPath.Beginnings)];
    }

    public static void Check(ModelDeclaration declaration, NetworkProgram network, Findings findings)
    {
        var checker = new PretrainedChecker(declaration.Type.Name, network, findings);
        checker.Add(declaration.Pretrained, "", _ => true);

        // Outer ones come first, so that what the file calls them is known.
        foreach (var block in network.Blocks)
        {
            if (block.Pretrained.Count == 0) continue;
            checker.Add(block.Pretrained, block.Path, path => !network.Blocks.Any(other => other.Name == block.Name
                && checker._known.Contains(Joined(other.Path, path))));
        }

        // The longest decides, and the runtime takes the first that fits.
        var longest = network.Pretrained.OrderByDescending(part => part.From.Length).ToList();
        network.Pretrained.Clear();
        network.Pretrained.AddRange(longest);
    }

    /// <param name="attributes">The attributes of the model, or of a block.</param>
    /// <param name="at">Where the block is used; empty for the model's own.</param>
    /// <param name="isUnknown">Whether a path that is none here is none anywhere: a block's shortcut may have parameters in some
    /// uses alone.</param>
    private void Add(EquatableArray<AttributeDeclaration> attributes, string at, Func<string, bool> isUnknown)
    {
        foreach (var attribute in attributes)
        {
            if (AttributeBinder.Bind<UnusedPretrainedAttribute>(attribute, _findings) is { } unused) AddUnused(unused, at);
            if (AttributeBinder.Bind<PretrainedAttribute>(attribute, _findings) is not { } declared) continue;
            if (Problem(declared) is { } problem)
            {
                _findings.Add(Catalogue.PretrainedNotRead, declared.Site, problem);
                continue;
            }

            for (int time = 0; time < declared.Attribute.Times; time++)
            {
                string path = Counted(declared.Attribute.Path, time)!, from = Counted(declared.Attribute.From, time)!;
                if (!Add(declared, path, from, at, isUnknown)) break;
            }
        }
    }

    /// <summary>Adds one part; false with a finding.</summary>
    private bool Add(
        Bound<PretrainedAttribute> declared, string path, string from, string at, Func<string, bool> isUnknown)
    {
        string whole = Joined(at, path);
        var own = declared.Attribute;
        bool isTensor = _tensors.ContainsKey(whole);
        if (whole.Length > 0 && !_known.Contains(whole))
        {
            if (!isUnknown(path)) return true;
            var tensors = Within(_tensors.Keys, at);
            var known = Within(_known, at);
            _findings.Add(Catalogue.UnknownPretrained, declared.SiteOf("path"), path,
                at.Length == 0 ? _model : _network.Blocks.First(block => block.Path == at).Name,
                ParameterPath.Near(path, tensors, known))
                .Offer(own.Times == 1 ? declared.Correct("path", path, known) : null);
            return false;
        }

        var part = new PretrainedPart("", "") { Transposed = own.Transposed, Part = own.Part, Parts = own.Parts };
        if (own.Joined.Length > 0)
        {
            if (!isTensor) return Fail(declared, $"\"{path}\" is no single tensor, and tensors are joined to one");
            var names = own.Joined.Select(name => Joined(FileName(at), name)).ToList();
            foreach (string name in names) Take(declared, name, own.Part);
            _network.Pretrained.Add(part with { From = names[0], To = whole, Joined = new EquatableArray<string>(names) });
            return true;
        }

        if (isTensor && from.Length == 0)
        {
            _findings.Add(Catalogue.EmptyPretrained, declared.Site,
                $"\"{path}\" is one tensor: say by From what it is called in the file");
            return false;
        }

        if (path == from && !own.Transposed && own.Parts == 1)
        {
            _findings.Add(Catalogue.EmptyPretrained, declared.Site,
                path.Length == 0 ? "it names no part, neither of the model nor of the file"
                    : $"\"{path}\" has the same name in the file").Offer(declared.Remove());
            return false;
        }

        if (own.Transposed && !_tensors.Any(tensor => (whole.Length == 0 || ParameterPath.Names(whole, tensor.Key))
            && tensor.Value is { Rank: 2 }))
            return Fail(declared, $"\"{path}\" has no matrix, and nothing else is transposed");
        string called = at.Length == 0 ? from : Joined(FileName(at), from);
        if (!Take(declared, called, own.Part, own.Parts)) return false;
        if (!_names.ContainsKey(whole)) _names.Add(whole, called);
        _network.Pretrained.Add(isTensor ? part with { From = called, To = whole }
            : part with { From = Beginning(called), To = Beginning(whole) });
        return true;
    }

    private void AddUnused(Bound<UnusedPretrainedAttribute> declared, string at)
    {
        string from = Joined(FileName(at), declared.Attribute.From);
        if (declared.Attribute.From.Length == 0)
            _findings.Add(Catalogue.PretrainedNotRead, declared.Site, "it names no part of the file");
        else if (_taken.ContainsKey((from, 0)))
        {
            _findings.Add(Catalogue.PretrainedNotRead, declared.Site,
                $"a [Pretrained] takes what the file calls \"{declared.Attribute.From}\"").Offer(declared.Remove());
        }
        else
        {
            // A name may be that of a tensor or the beginning of several.
            _network.Pretrained.Add(new PretrainedPart(from, null));
            _network.Pretrained.Add(new PretrainedPart(Beginning(from), null));
        }
    }

    /// <summary>What cannot be said of any file; null for nothing.</summary>
    private static string? Problem(Bound<PretrainedAttribute> declared)
    {
        var own = declared.Attribute;
        if (own.Joined.Length == 1) return "one tensor alone is joined to nothing: say From";
        if (own.Joined.Length > 0 && own.From.Length > 0) return "it is read either From one name or Joined from several";
        if (own.Joined.Length > 0 && own.Parts > 1) return "a tensor is joined from several, or part of one";
        if (own.Joined.Distinct().Count() < own.Joined.Length) return "it joins a tensor to itself";
        if (own.Joined.Any(name => name.Length == 0)) return "a tensor of the file has no name";
        if (own.Joined.Length > 0 && own.Times > 1) return "joined tensors do not count up: declare it on the block";
        if (own.Part >= own.Parts)
        {
            return declared.Has(nameof(own.Parts)) ? $"of {own.Parts} parts, counted from 0, none is {own.Part}"
                : $"it is part {own.Part}, but not of how many Parts";
        }

        if (own.Times == 1) return null;
        string? uncounted = Counted(own.Path, 1) is null ? own.Path : Counted(own.From, 1) is null ? own.From : null;
        return uncounted is null ? null : $"\"{uncounted}\" does not end in a number that counts up, {own.Times} times";
    }

    private bool Fail(Bound<PretrainedAttribute> declared, string problem)
    {
        _findings.Add(Catalogue.PretrainedNotRead, declared.Site, problem);
        return false;
    }

    /// <summary>Takes a name of the file; false, with a finding, where another one has.</summary>
    private bool Take(Bound<PretrainedAttribute> declared, string name, int part, int parts = 1)
    {
        bool isFree = !_taken.ContainsKey((name, part))
            && (!_taken.TryGetValue((name, 0), out int others) || others == parts);
        if (isFree) _taken.Add((name, part), parts);
        else
        {
            _findings.Add(Catalogue.EmptyPretrained, declared.SiteOf(nameof(declared.Attribute.From)),
                $"another one has taken what the file calls \"{name}\"");
        }

        return isFree;
    }

    /// <summary>What the file calls a part of the network: the longest part of it that is renamed, and what follows.</summary>
    private string FileName(string path)
    {
        if (_names.TryGetValue(path, out string? known)) return known;
        string? beginning = ParameterPath.Beginnings(path).LastOrDefault(_names.ContainsKey);
        if (beginning is not null) return Joined(_names[beginning], path.Substring(beginning.Length + 1));
        return _names.TryGetValue("", out string? all) ? Joined(all, path) : path;
    }

    /// <summary>A name whose number at the end counts up; null where there is none.</summary>
    private static string? Counted(string name, int time)
    {
        if (time == 0) return name;
        string counted = name.TrimEnd(Digits);
        return int.TryParse(name.Substring(counted.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            ? counted + (first + time).ToString(CultureInfo.InvariantCulture) : null;
    }

    private static List<string> Within(IEnumerable<string> names, string at) => at.Length == 0 ? [.. names]
        : [.. names.Where(name => name.StartsWith(at + ".", StringComparison.Ordinal))
            .Select(name => name.Substring(at.Length + 1))];

    private static string Joined(string outer, string inner) =>
        outer.Length == 0 ? inner : inner.Length == 0 ? outer : $"{outer}.{inner}";

    private static string Beginning(string path) => path.Length == 0 ? "" : path + ".";
}
